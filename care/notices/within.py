"""Threads for notices: bounded in time, and none that holds up the end of the process.

A process that ends in the middle sends nothing more; whoever has the outbox sends it again.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from care.notices.channel import ChannelError

T = TypeVar("T")


def within(seconds: float, attempt: Callable[[], None]) -> None:
    """Runs `attempt`; raises what it raises, or ChannelError("timeout").

    Timeouts of HTTP and SMTP libraries are for one step: a server that sends an octet every few
    seconds holds them forever. The thread that hangs is left behind, and ends with its connection.
    """
    started = _Work(attempt)
    if not started.ended(seconds):
        raise ChannelError("timeout")
    started.result()


def at_once(works: Sequence[Callable[[], T]]) -> list[T]:
    """Each in a thread of its own; their results in order, or what the first of them raised."""
    return [started.result() for started in [_Work(work) for work in works]]


class _Work(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self._done: list[T] = []
        self._raised: list[BaseException] = []

        def run() -> None:
            try:
                self._done.append(work())
            except BaseException as error:
                self._raised.append(error)

        self._thread = threading.Thread(target=run, name="notice", daemon=True)
        self._thread.start()

    def ended(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> T:
        self._thread.join()
        if self._raised:
            raise self._raised[0]
        return self._done[0]
