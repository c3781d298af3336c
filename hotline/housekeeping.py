"""What has to be tidied once a day."""

from pathlib import Path

import structlog

from care.calls.retention import expire
from care.clock import Clock
from care.storage.engine import Sessions

EVERY = 24 * 3600.0
"""Seconds."""

log = structlog.get_logger(__name__)


def forget_old_calls(sessions: Sessions, folder: Path, clock: Clock, days: int) -> None:
    """Deletes recordings, and forgets words, older than `days`."""
    done = expire(sessions, folder, clock(), days)
    log.info("old calls forgotten", calls=done.calls, files=done.files, stuck=done.stuck)
