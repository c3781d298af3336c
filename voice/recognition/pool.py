"""Many calls heard at once by a few threads; Vosk lets go of Python's lock while it works."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Self

import numpy as np

from voice.recognition.recogniser import Recogniser, Samples
from voice.recognition.transcript import Partial, Transcript

Hear = Callable[[Partial | Transcript], None]
"""Told what a call's recogniser hears, in a worker's thread and in order; must return at once."""

_AT_ONCE = 16_000
"""Samples worked on in one go, so that one call that is behind doesn't keep the others waiting."""


class OverloadedError(RuntimeError):
    """A call's sound comes faster than it is heard: the machine holds fewer calls than it has."""


class Ear:
    """One call in the pool. `push` and `finish` belong to one thread; workers take turns."""

    def __init__(self, pool: "RecognitionPool", recogniser: Recogniser, hear: Hear) -> None:
        self._pool = pool
        self._recogniser = recogniser
        self._hear = hear
        self._waiting: deque[Samples | Future[Transcript]] = deque()
        self._samples = 0
        """Samples that wait."""
        self._busy = False
        """Queued for a worker, or with one: nobody else may take it."""
        self._error: BaseException | None = None

    def push(self, samples: Samples, timeout: float = 0.0) -> None:
        """Hands over some sound; never blocks longer than `timeout` seconds.

        Raises OverloadedError when too much of this call still waits: then these samples are not
        heard. Raises what the recogniser raised, if it did.
        """
        self._pool._take(self, samples, timeout)

    def finish(self) -> "Future[Transcript]":
        """The end of a turn: the transcript of everything that was pushed since the last one."""
        return self._pool._end(self)


class RecognitionPool:
    """Worker threads and the calls that wait for one."""

    def __init__(self, workers: int = 2, longest_wait: int = 32_000) -> None:
        """`workers`: threads, one a core. `longest_wait`: samples of one call that may wait."""
        if workers < 1 or longest_wait < 1:
            raise ValueError(f"{workers} workers and {longest_wait} samples: expected at least one")
        self._longest_wait = longest_wait
        self._changed = threading.Condition()
        self._ready: deque[Ear] = deque()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, name=f"ears-{number}", daemon=True)
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def listen(self, recogniser: Recogniser, hear: Hear) -> Ear:
        """A new call, whose `recogniser` belongs to the pool from now on."""
        return Ear(self, recogniser, hear)

    def waiting(self) -> int:
        """Calls that wait for a worker just now."""
        with self._changed:
            return len(self._ready)

    def close(self) -> None:
        """Hears what was pushed already, then ends the threads."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _take(self, ear: Ear, samples: Samples, timeout: float) -> None:
        with self._changed:
            if self._closed:
                raise RuntimeError("the pool is closed")
            free = self._changed.wait_for(
                lambda: ear._error is not None or ear._samples < self._longest_wait, timeout
            )
            if ear._error is not None:
                raise ear._error
            if not free:
                waiting = ear._samples
                raise OverloadedError(f"{waiting} samples of this call still wait to be heard")
            ear._waiting.append(samples)
            ear._samples += len(samples)
            self._queue(ear)

    def _end(self, ear: Ear) -> "Future[Transcript]":
        future: Future[Transcript] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("the pool is closed")
            ear._waiting.append(future)
            self._queue(ear)
        return future

    def _queue(self, ear: Ear) -> None:
        if not ear._busy and ear._waiting:
            ear._busy = True
            self._ready.append(ear)
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ready or self._closed)
                if not self._ready:
                    return
                ear = self._ready.popleft()
                pieces, future = _next(ear)
            self._serve(ear, pieces, future)
            with self._changed:
                ear._samples -= sum(map(len, pieces))
                ear._busy = False
                self._queue(ear)
                self._changed.notify_all()

    def _serve(self, ear: Ear, pieces: list[Samples], future: "Future[Transcript] | None") -> None:
        try:
            if ear._error is not None:
                raise ear._error
            if pieces:
                heard = ear._recogniser.accept(np.concatenate(pieces))
                if heard is not None:
                    ear._hear(heard)
            if future is not None and future.set_running_or_notify_cancel():
                future.set_result(ear._recogniser.finish())
        except Exception as error:  # belongs to this call alone: the other calls go on
            ear._error = error
            if future is not None and not future.done():
                future.set_exception(error)


def _next(ear: Ear) -> tuple[list[Samples], "Future[Transcript] | None"]:
    """The sound that waits, up to a second of it, and the end of the turn if that comes next."""
    pieces: list[Samples] = []
    total = 0
    while ear._waiting:
        item = ear._waiting[0]
        if isinstance(item, Future):
            ear._waiting.popleft()
            return pieces, item
        if pieces and total + len(item) > _AT_ONCE:
            break
        ear._waiting.popleft()
        pieces.append(item)
        total += len(item)
    return pieces, None
