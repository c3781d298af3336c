"""How many clauses are synthesised at once: first come, first served."""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future

from voice.audio.pcm import Samples
from voice.synthesis.metrics import Metrics
from voice.synthesis.stop import Stop

Job = Callable[[Stop], Samples]
"""Makes one clause; ends early, by an exception, when the stop is asked."""


class Ticket:
    """One clause in the queue."""

    def __init__(self, job: Job, since: float, forget: Callable[["Ticket"], None]) -> None:
        self.job = job
        self.since = since
        self.stop = Stop()
        self.future: Future[Samples] = Future()
        self._forget = forget

    def result(self, seconds: float | None = None) -> Samples:
        """The sound; raises TimeoutError after `seconds`, or whatever the job raised."""
        try:
            return self.future.result(seconds)
        except CancelledError as error:
            raise TimeoutError("the synthesis was cancelled") from error

    def cancel(self) -> None:
        """Leaves the queue, or stops the work; the place is free for the next."""
        self.stop.ask()
        self._forget(self)


class SynthesisQueue:
    """At most `limit` jobs at a time on threads of their own, in the order they came."""

    def __init__(
        self,
        limit: int,
        metrics: Metrics,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if limit < 1:
            raise ValueError(f"a limit of {limit} syntheses: expected at least 1")
        self._limit = limit
        self._metrics = metrics
        self._clock = clock
        self._waiting: deque[Ticket] = deque()
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def submit(self, job: Job) -> Ticket:
        """Gets in line; returns at once. Raises RuntimeError after `close`."""
        ticket = Ticket(job, self._clock(), self._forget)
        with self._changed:
            if self._closed:
                raise RuntimeError("the synthesis queue is closed")
            self._waiting.append(ticket)
            self._metrics.waiting.set(len(self._waiting))
            if len(self._threads) < self._limit:
                name = f"synthesis-{len(self._threads)}"
                thread = threading.Thread(target=self._work, name=name, daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify()
        return ticket

    def close(self) -> None:
        """Cancels what waits, and returns when what runs has ended."""
        with self._changed:
            self._closed = True
            waiting = list(self._waiting)
            self._changed.notify_all()
        for ticket in waiting:
            ticket.cancel()
        for thread in self._threads:
            thread.join()

    def _forget(self, ticket: Ticket) -> None:
        with self._changed:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                self._metrics.waiting.set(len(self._waiting))
        ticket.future.cancel()

    def _work(self) -> None:
        while (ticket := self._next()) is not None:
            if not ticket.future.set_running_or_notify_cancel():
                continue
            self._metrics.waited.observe(self._clock() - ticket.since)
            with self._metrics.running.track_inprogress():
                _do(ticket)

    def _next(self) -> Ticket | None:
        with self._changed:
            while not self._waiting:
                if self._closed:
                    return None
                self._changed.wait()
            ticket = self._waiting.popleft()
            self._metrics.waiting.set(len(self._waiting))
            return ticket


def _do(ticket: Ticket) -> None:
    try:
        ticket.future.set_result(ticket.job(ticket.stop))
    except Exception as error:  # whoever waits for the ticket gets it
        ticket.future.set_exception(error)
