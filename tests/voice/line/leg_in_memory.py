"""A leg whose far end is the test."""

from collections.abc import AsyncIterator

import numpy as np

from voice.line.inbox import Inbox
from voice.line.leg import CallLeg, LegEvent, LegState, Pcm16, Sound


class MemoryLeg:
    """Implements `CallLeg`."""

    caller: str | None = None
    called: str | None = None
    came_back = None

    def __init__(self, name: str, rate: int = 8_000) -> None:
        self.id, self.rate = name, rate
        self.state = LegState.UP
        self.inbox = Inbox()
        self.said: list[Pcm16] = []
        """What was played to it."""
        self.queued = 0.02
        self.flushed = 0

    def events(self) -> AsyncIterator[LegEvent]:
        return self.inbox.read()

    def play(self, samples: Pcm16) -> None:
        self.said.append(samples)

    def flush(self) -> float:
        self.flushed += 1
        return 0.0

    @property
    def heard(self) -> Pcm16:
        """All that was played to it."""
        return np.concatenate([np.zeros(0, np.int16), *self.said])

    async def answer(self) -> None: ...

    async def hang_up(self) -> None: ...

    async def transfer(self, target: str, timeout: float = 20.0) -> None: ...

    async def hold(self) -> None: ...

    async def resume(self) -> None: ...


def frame(value: int, rate: int = 8_000) -> Sound:
    """20 ms of one value."""
    return Sound(np.full(rate // 50, value, np.int16))


_: type[CallLeg] = MemoryLeg
