"""The jobs of one hotline process that have no part of their own to come from."""

from functools import partial

from actions.context import Context
from care.clock import Clock
from care.settings import Settings
from care.storage.engine import Sessions
from hotline import demonstration_canteens, orders, provider_site
from hotline.housekeeping import (
    EVERY,
    forget_old_calls,
    forget_old_messages,
    forget_old_requests,
)
from hotline.job import Job, Jobs, LongJob


def every_round(settings: Settings, sessions: Sessions, context: Context, clock: Clock) -> Jobs:
    """Whoever has a job without a part of `hotline.app` adds it here."""
    forget = partial(
        forget_old_calls, sessions, settings.recordings, clock, settings.recording_days
    )
    requests = partial(forget_old_requests, sessions, clock, settings.api_days)
    messages = partial(forget_old_messages, sessions, clock, settings.webhooks.days)
    return (
        *orders.jobs(sessions, context.catalogue, clock),
        *provider_site.jobs(settings, sessions, clock),
        Job(
            "demonstration menus",
            demonstration_canteens.EVERY,
            partial(demonstration_canteens.renew, sessions, clock),
        ),
        LongJob("old calls", EVERY, forget),
        LongJob("old messages", EVERY, messages),
        Job("old requests", EVERY, requests),
    )
