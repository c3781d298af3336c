"""What has to be done once a day, beside the calls."""

import threading
from collections.abc import Callable
from pathlib import Path

import structlog

from care.calls.retention import expire
from care.clock import Clock
from care.storage.engine import Sessions

EVERY = 24 * 3600.0
"""Seconds."""

log = structlog.get_logger(__name__)


class Housekeeping:
    """A thread that does a job at the start, and then once a day."""

    def __init__(self, job: Callable[[], None], every: float = EVERY) -> None:
        self._job, self._every = job, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Waits for a job that is being done."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._job()
            except Exception:  # the next day tries again
                log.exception("housekeeping failed")
            self._stopped.wait(self._every)


def forget_old_calls(sessions: Sessions, folder: Path, clock: Clock, days: int) -> None:
    """Deletes recordings, and forgets words, older than `days`."""
    done = expire(sessions, folder, clock(), days)
    log.info("old calls forgotten", calls=done.calls, files=done.files, stuck=done.stuck)
