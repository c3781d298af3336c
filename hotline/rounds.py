"""What has to be done from time to time, beside calls and pages: short jobs on one thread, long
ones on another, so that no provider's deadline waits for a round over all elders."""

import threading
import time
from functools import partial

import structlog

from hotline.job import Job, Jobs, LongJob
from hotline.lane import Lane

_FAREWELL = 20.0
"""Seconds to end in; a database that is locked gives up after 15."""

log = structlog.get_logger(__name__)


class Rounds:
    """Does the jobs, each when it is due."""

    def __init__(self, jobs: Jobs) -> None:
        self._stopped = threading.Event()
        self._short = Lane("rounds", self._stopped)
        self._long = Lane("long rounds", self._stopped)
        for job in jobs:
            if isinstance(job, LongJob):
                self._long.add(Job(job.name, job.every, partial(job.do, self._stopped.is_set)))
            else:
                self._short.add(job)

    def start(self) -> None:
        """Returns at once."""
        self._short.start()
        self._long.start()

    def stop(self, patience: float = _FAREWELL) -> None:
        """Waits for the job, or the portion of a long one, that is being done."""
        self._stopped.set()
        until = time.monotonic() + patience
        for lane in (self._short, self._long):
            if not lane.join(max(0.0, until - time.monotonic())):
                log.error("a job goes on although the process ends")
