"""The jobs of one hotline process that have no part of their own to come from."""

from functools import partial

from actions.context import Context
from care.clock import Clock
from care.settings import Settings
from care.storage.engine import Sessions
from hotline import orders, provider_site
from hotline.housekeeping import EVERY, forget_old_calls
from hotline.rounds import Job


def every_round(
    settings: Settings, sessions: Sessions, context: Context, clock: Clock
) -> tuple[Job, ...]:
    """Whoever has a job without a part of `hotline.app` adds it here."""
    forget = partial(
        forget_old_calls, sessions, settings.recordings, clock, settings.recording_days
    )
    return (
        *orders.jobs(sessions, context.catalogue, clock),
        *provider_site.jobs(settings, sessions, clock),
        Job("old calls", EVERY, forget),
    )
