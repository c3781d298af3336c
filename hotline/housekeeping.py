"""What has to be tidied once a day."""

from datetime import timedelta
from pathlib import Path

import structlog

from care.api_keys import keys, writes
from care.calls.retention import expire
from care.clock import Clock
from care.stopping import Stopped
from care.storage.engine import Sessions
from care.webhooks import outbox

EVERY = 24 * 3600.0
"""Seconds."""

log = structlog.get_logger(__name__)


def forget_old_calls(
    sessions: Sessions, folder: Path, clock: Clock, days: int, stopped: Stopped
) -> None:
    """Deletes recordings, and forgets words, older than `days`."""
    done = expire(sessions, folder, clock(), days, stopped)
    log.info("old calls forgotten", calls=done.calls, files=done.files, stuck=done.stuck)


def forget_old_requests(sessions: Sessions, clock: Clock, days: int) -> None:
    """Deletes what other systems asked for longer ago than that."""
    before = clock() - timedelta(days=days)
    with sessions.begin() as session:
        keys.forget(session, before)
        writes.forget(session, before)


def forget_old_messages(sessions: Sessions, clock: Clock, days: int, stopped: Stopped) -> None:
    """Deletes what other systems were told longer ago than that."""
    before = clock() - timedelta(days=days)
    more = True
    while more and not stopped():
        with sessions.begin() as session:
            more = outbox.forget(session, before)
