"""Writes to the database in a thread of its own, so that no call ever waits for it."""

import threading
import time
from collections import deque
from collections.abc import Callable
from itertools import islice

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from care.storage.engine import Sessions

Job = Callable[[Session], None]
"""One change; run again from the start when its transaction failed."""

_BATCH = 500
_PASSING = (OperationalError, InterfaceError, PoolTimeoutError)
"""The database is locked, full or gone: it can come back."""

log = structlog.get_logger(__name__)


class Notebook:
    """Changes in the order in which they were added, several to a transaction.

    What is added is on disk after `every` seconds, or a little longer while the database is busy;
    a clean `close` loses nothing that the database takes, `kill -9` the last moment. Alarms have
    a transaction of their own (care.alarms) and don't come this way.
    """

    def __init__(
        self,
        sessions: Sessions,
        *,
        every: float = 0.2,
        retry: float = 1.0,
        limit: int = 100_000,
    ) -> None:
        """`every` and `retry` in seconds; `limit`: changes that may wait for a lost database."""
        self._sessions = sessions
        self._every, self._retry, self._limit = every, retry, limit
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._hurried = 0
        self._closing = self._given_up = False
        self.lost = 0
        """Changes that could not be written: too many waited, or they were wrong in themselves."""
        self._thread = threading.Thread(target=self._run, name="call-records", daemon=True)
        self._thread.start()

    def add(self, job: Job) -> None:
        """Returns at once."""
        with self._changed:
            if self._closing or len(self._jobs) >= self._limit:
                self.lost += 1
                return
            self._jobs.append(job)
            if len(self._jobs) == 1:
                self._changed.notify_all()

    def flush(self, timeout: float = 10.0) -> bool:
        """Waits until all that was added is written or given up; False when it takes too long."""
        with self._changed:
            self._hurried += 1
            self._changed.notify_all()
            try:
                return self._changed.wait_for(lambda: not self._jobs, timeout)
            finally:
                self._hurried -= 1

    def close(self, timeout: float = 20.0) -> int:
        """Writes what is left and stops; gives how many changes were lost in all."""
        with self._changed:
            self._closing = True
        if not self.flush(timeout):
            with self._changed:
                self.lost += len(self._jobs)
                self._given_up = True
                self._changed.notify_all()
        elif self._thread.is_alive():
            self._thread.join(timeout)
        if self.lost:
            log.error("call_records_lost", count=self.lost)
        return self.lost

    def _run(self) -> None:
        while batch := self._next():
            try:
                written = self._write(batch)
            except Exception as error:  # the thread must outlive whatever one job does
                log.warning("call_record_failed", error=type(error).__name__)
                written = self._write_singly(batch)
            with self._changed:
                for _ in range(written):
                    self._jobs.popleft()
                self._changed.notify_all()
                if written < len(batch):
                    self._changed.wait_for(lambda: self._given_up, self._retry)

    def _next(self) -> list[Job]:
        """The oldest jobs, which stay queued until they are written; none when it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._closing)
            self._changed.wait_for(lambda: self._hurried or self._closing, self._every)
            return [] if self._given_up else list(islice(self._jobs, _BATCH))

    def _write(self, batch: list[Job]) -> int:
        """All of them, or none while the database can't."""
        started = time.monotonic()
        try:
            with self._sessions.begin() as session:
                for job in batch:
                    job(session)
        except _PASSING:
            log.warning("call_records_wait", count=len(batch), seconds=time.monotonic() - started)
            return 0
        return len(batch)

    def _write_singly(self, batch: list[Job]) -> int:
        """One wrong change must not take the others with it."""
        for count, job in enumerate(batch):
            try:
                if not self._write([job]):
                    return count
            except Exception as error:
                log.error("call_record_dropped", error=type(error).__name__)
                self.lost += 1
        return len(batch)
