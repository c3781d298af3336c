"""Who hears a leg in a test: all its events, and waiting for one of them."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import numpy as np

from voice.line.leg import CallLeg, Gone, Key, LegEvent, LegState, Line, Pcm16, Sound

Result = TypeVar("Result")


def run(story: Coroutine[Any, Any, Result], seconds: float = 60.0) -> Result:
    """One test in an event loop of its own."""
    return asyncio.run(asyncio.wait_for(story, seconds))


def state(leg: CallLeg) -> LegState:
    """As it is now: mypy takes an attribute for what it was a line ago."""
    return leg.state


async def soon(so: Callable[[], bool], seconds: float = 20.0) -> None:
    """Waits until something is so that no event tells; fails when it isn't in time."""
    async with asyncio.timeout(seconds):
        while not so():
            await asyncio.sleep(0.1)


class Listener:
    """Reads a leg for as long as it lasts."""

    def __init__(self, leg: CallLeg) -> None:
        self.leg = leg
        self.events: list[LegEvent] = []
        """All but sound."""
        self.pieces: list[Pcm16] = []
        self._changed = asyncio.Condition()
        self._task = asyncio.create_task(self._read())

    @property
    def heard(self) -> Pcm16:
        """All sound so far."""
        return np.concatenate(self.pieces) if self.pieces else np.empty(0, np.int16)

    @property
    def keys(self) -> str:
        """All keys so far."""
        return "".join(event.digit for event in self.events if isinstance(event, Key))

    async def until(self, happened: Callable[[], bool], seconds: float = 15.0) -> None:
        """Waits until something is so; looks whenever an event comes."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(happened)

    async def ended(self) -> Gone:
        """How it ended."""
        await asyncio.wait_for(self._task, 15)
        last = self.events[-1]
        assert isinstance(last, Gone)
        return last

    async def _read(self) -> None:
        async for event in self.leg.events():
            async with self._changed:
                if isinstance(event, Sound):
                    self.pieces.append(event.samples)
                else:
                    self.events.append(event)
                self._changed.notify_all()


class Calls:
    """The legs that come to a line."""

    def __init__(self) -> None:
        self._legs: asyncio.Queue[CallLeg] = asyncio.Queue()

    async def start(self, line: Line) -> None:
        """Takes the calls of a line."""
        await line.start(self._legs.put_nowait)

    async def next(self, seconds: float = 15.0) -> CallLeg:
        """The next one that rings."""
        return await asyncio.wait_for(self._legs.get(), seconds)

    @property
    def none(self) -> bool:
        """Nobody else rings."""
        return self._legs.empty()
