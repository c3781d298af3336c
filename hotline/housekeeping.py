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


def forget_old_requests(sessions: Sessions, clock: Clock, api_days: int, webhook_days: int) -> None:
    """Deletes what other systems asked for, and what they were told, longer ago than that."""
    now = clock()
    with sessions.begin() as session:
        keys.forget(session, now - timedelta(days=api_days))
        writes.forget(session, now - timedelta(days=api_days))
        outbox.forget(session, now - timedelta(days=webhook_days))
