"""What has to be done from time to time, beside calls and pages: one thread, jobs of their own
periods.

A job is told nothing of the time: what it does once a night, or once a month, it finds out from its
own clock and from what the database says was done. So nothing is lost with the process.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Job:
    """Something to do at the start, and again and again."""

    name: str
    """For the log."""
    every: float
    """Seconds from one beginning to the next."""
    do: Callable[[], object]
    """Short, or in portions: the other jobs wait meanwhile. What it raises is logged, and the
    next time tries again."""


class Rounds:
    """Does the jobs that were added, each when it is due."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`monotonic`: seconds that only go forward."""
        self._monotonic = monotonic
        self._due: dict[Job, float] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)

    def add(self, job: Job) -> None:
        """To be called before `start`."""
        self._due[job] = self._monotonic()

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Waits for the job that is being done."""
        self._stopped.set()
        self._thread.join()

    def tick(self) -> float:
        """Does all that is due; seconds until something is due again."""
        for job, due in list(self._due.items()):
            if due <= self._monotonic() and not self._stopped.is_set():
                self._due[job] = self._monotonic() + job.every
                try:
                    job.do()
                except Exception as error:  # one job's trouble is not to hold up the others
                    log.error("a job failed", job=job.name, why=type(error).__name__)
        return max(0.0, min(self._due.values(), default=60.0) - self._monotonic())

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._stopped.wait(self.tick())
