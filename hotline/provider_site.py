"""Providers in one hotline process: their page, the question afterwards, what is worked out for
them, and the desk's pages about them."""

from datetime import timedelta

from fastapi import FastAPI

from actions.context import Context
from bot.satisfaction import Satisfaction
from care.clock import Clock
from care.complaints import service as complaints
from care.operators.passwords import Passwords
from care.proofs.store import ProofStore
from care.providers import quality
from care.providers.gate import ProviderGate
from care.satisfaction.words import Words
from care.settings import Settings
from care.storage.engine import Sessions
from console.desk.floor import Floor
from console.desk.guarded import check_guarded
from console.desk.providers.pages import build_routers
from console.desk.providers.shared import ProviderDesk
from console.providers.order_page import FINISH, MOST_FINISH
from console.providers.pages import install as install_pages
from console.providers.site import ProviderSite
from hotline.rounds import Job

LARGER = {FINISH: MOST_FINISH}
"""Paths that take files, and how many octets each takes."""
_REMINDED = 600.0
_WORKED_OUT = 3600.0
"""Seconds: an hour's orders change a half year's number by little."""


def proofs(settings: Settings) -> ProofStore:
    """Where workers' pictures are."""
    return ProofStore(settings.pictures, settings.recording_key)


def satisfaction(sessions: Sessions, clock: Clock) -> Satisfaction:
    """The errand that hears how it was."""
    return Satisfaction(sessions, clock, Words.own())


def install(app: FastAPI, settings: Settings, floor: Floor, context: Context) -> None:
    """Puts providers' pages, and the desk's about providers, into `app`, after the desk."""
    kept, catalogue = proofs(settings), context.catalogue
    for router in build_routers(ProviderDesk(floor, catalogue, context.regions, kept)):
        check_guarded(router)
        app.include_router(router, include_in_schema=False)
    gate = ProviderGate(floor.sessions, floor.clock, Passwords())
    install_pages(app, ProviderSite(floor.sessions, floor.clock, gate, catalogue, kept))


def jobs(settings: Settings, sessions: Sessions, clock: Clock) -> tuple[Job, ...]:
    """To be added to the rounds."""
    kept = timedelta(days=settings.recording_days)

    def remind() -> None:
        with sessions.begin() as session:
            complaints.remind(session, clock())

    def work_out() -> None:
        with sessions.begin() as session:
            quality.refresh(session, clock())

    def forget() -> None:
        with sessions.begin() as session:
            proofs(settings).forget(session, clock() - kept)

    return (
        Job("complaints overdue", _REMINDED, remind),
        Job("providers' quality", _WORKED_OUT, work_out),
        Job("old pictures", _WORKED_OUT, forget),
    )
