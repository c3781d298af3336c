"""Providers in one hotline process: their page, the question afterwards, what is worked out for
them, and the desk's pages about them."""

from datetime import timedelta

from fastapi import FastAPI

from actions.context import Context
from bot.drafts import Drafts
from bot.menu_question import MenuQuestion
from bot.satisfaction import Satisfaction
from care.catalogue.service import Catalogue
from care.clock import Clock
from care.complaints import service as complaints
from care.operators.passwords import Passwords
from care.orders.draft_words import DraftWords
from care.proofs.store import ProofStore
from care.providers import quality
from care.providers.gate import ProviderGate
from care.satisfaction.words import Words
from care.settings import Settings
from care.stopping import Stopped
from care.storage.engine import Sessions
from console.desk.canteens import pages as canteens
from console.desk.canteens.menu_page import IMPORT_PATH, MOST_SHEET
from console.desk.floor import Floor
from console.desk.guarded import check_guarded
from console.desk.providers.pages import build_routers
from console.desk.providers.shared import ProviderDesk
from console.providers.order_page import FINISH, MOST_FINISH
from console.providers.pages import install as install_pages
from console.providers.site import ProviderSite
from hotline.job import Job, Jobs, LongJob

LARGER = {FINISH: MOST_FINISH, IMPORT_PATH: MOST_SHEET}
"""Paths that take files, and how many octets each takes."""
_REMINDED = 600.0
_WORKED_OUT = 3600.0
"""Seconds: an hour's orders change a half year's number by little."""


def proofs(settings: Settings) -> ProofStore:
    """Where workers' pictures are."""
    return ProofStore(settings.pictures, settings.recording_key)


def asking(sessions: Sessions, clock: Clock, catalogue: Catalogue) -> tuple[Drafts, Satisfaction]:
    """What elders are asked by themselves: whether they want what was drafted, and how it was."""
    return (
        Drafts(sessions, clock, DraftWords.own(), catalogue),
        Satisfaction(sessions, clock, Words.own(), catalogue),
    )


def menus(context: Context) -> MenuQuestion:
    """The errand that says what there is to eat."""
    return MenuQuestion(context.sessions, context.clock, context.regions)


def install(app: FastAPI, settings: Settings, floor: Floor, context: Context) -> None:
    """Puts providers' pages, and the desk's about providers, into `app`, after the desk."""
    kept, catalogue = proofs(settings), context.catalogue
    parts = ProviderDesk(floor, catalogue, context.regions, kept)
    for router in (*build_routers(parts), *canteens.build_routers(parts)):
        check_guarded(router)
        app.include_router(router, include_in_schema=False)
    gate = ProviderGate(floor.sessions, floor.clock, Passwords())
    install_pages(app, ProviderSite(floor.sessions, floor.clock, gate, catalogue, kept))


def jobs(settings: Settings, sessions: Sessions, clock: Clock) -> Jobs:
    """To be added to the rounds."""
    kept = timedelta(days=settings.recording_days)

    def remind() -> None:
        with sessions.begin() as session:
            complaints.remind(session, clock())

    def work_out(stopped: Stopped) -> None:
        quality.refresh(sessions, clock(), stopped)

    def forget() -> None:
        with sessions.begin() as session:
            proofs(settings).forget(session, clock() - kept)

    return (
        Job("complaints overdue", _REMINDED, remind),
        LongJob("providers' quality", _WORKED_OUT, work_out),
        Job("old pictures", _WORKED_OUT, forget),
    )
