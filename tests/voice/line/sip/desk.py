"""A line for tests, and what happens on its legs."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from evaluation.system import free_port
from voice.line.leg import CallLeg, Gone, Key, LegEvent, LegState, Sound
from voice.line.sip.allowed import Resolve
from voice.line.sip.line import SipLine
from voice.line.sip.settings import SipSettings

Result = TypeVar("Result")


def run(story: Coroutine[Any, Any, Result], seconds: float = 60.0) -> Result:
    """One test in an event loop of its own."""
    return asyncio.run(asyncio.wait_for(story, seconds))


def state(leg: CallLeg) -> LegState:
    """As it is now: mypy takes an attribute for what it was a line ago."""
    return leg.state


class Ear:
    """Reads all events of a leg for as long as it lasts."""

    def __init__(self, leg: CallLeg) -> None:
        self.leg = leg
        self.events: list[LegEvent] = []
        """All but sound."""
        self._frames: list[npt.NDArray[np.int16]] = []
        self._news = asyncio.Condition()
        self._task = asyncio.create_task(self._listen())

    @property
    def heard(self) -> npt.NDArray[np.int16]:
        return np.concatenate([np.zeros(0, np.int16), *self._frames])

    @property
    def keys(self) -> str:
        return "".join(event.digit for event in self.events if isinstance(event, Key))

    async def until(self, kind: type[LegEvent], seconds: float = 15.0) -> LegEvent:
        """Waits for an event of that type."""

        def found() -> list[LegEvent]:
            return [event for event in self.events if isinstance(event, kind)]

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: bool(found())), seconds)
        return found()[-1]

    async def until_keys(self, keys: str, seconds: float = 10.0) -> None:
        """Waits until these and no others were pressed."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: self.keys == keys), seconds)

    async def ended(self, seconds: float = 15.0) -> Gone:
        """Waits until the leg is gone, and the stream of its events with it."""
        await asyncio.wait_for(asyncio.shield(self._task), seconds)
        last = self.events[-1]
        assert isinstance(last, Gone)
        return last

    def let_go(self) -> None:
        """Reads no more, so that somebody else can."""
        self._task.cancel()

    async def _listen(self) -> None:
        async for event in self.leg.events():
            async with self._news:
                if isinstance(event, Sound):
                    self._frames.append(event.samples)
                else:
                    self.events.append(event)
                self._news.notify_all()


class Desk:
    """A line that listens, and the legs that rang, in their order."""

    def __init__(self, line: SipLine, settings: SipSettings) -> None:
        self.line = line
        self.port = settings.port
        self.address = f"sip:12349@127.0.0.1:{settings.port}"
        self.rung: list[CallLeg] = []
        self.calls: asyncio.Queue[CallLeg] = asyncio.Queue()

    def ring(self, leg: CallLeg) -> None:
        self.rung.append(leg)
        self.calls.put_nowait(leg)

    async def next_call(self, seconds: float = 10.0) -> CallLeg:
        """The next leg that rings."""
        return await asyncio.wait_for(self.calls.get(), seconds)

    async def answered(self) -> tuple[CallLeg, Ear]:
        """The next leg that rings, picked up."""
        leg = await self.next_call()
        ear = Ear(leg)
        await leg.answer()
        return leg, ear


@asynccontextmanager
async def desk(resolve: Resolve | None = None, **settings: Any) -> AsyncIterator[Desk]:
    """A line on a free port of the loopback."""
    chosen = SipSettings.model_validate({"port": free_port(), **settings})
    line = SipLine(chosen, resolve=resolve)
    made = Desk(line, chosen)
    await line.start(made.ring)
    try:
        yield made
    finally:
        await line.stop()
