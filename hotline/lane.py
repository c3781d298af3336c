"""Jobs one after the other on one thread."""

import threading
import time
from collections.abc import Callable

import structlog

from hotline.job import Job

log = structlog.get_logger(__name__)


class Lane:
    """Does the jobs that were added, each when it is due."""

    def __init__(
        self,
        name: str,
        stopped: threading.Event,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`stopped` ends it after the job that it is at; `monotonic`: seconds that only go
        forward."""
        self._stopped, self._monotonic = stopped, monotonic
        self._due: dict[Job, float] = {}
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def add(self, job: Job) -> None:
        """To be called before `start`."""
        self._due[job] = self._monotonic()

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def join(self, timeout: float) -> bool:
        """Waits, for seconds at most, until it has ended; whether it has."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

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
