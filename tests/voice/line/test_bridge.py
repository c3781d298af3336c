"""Two legs in memory that hear each other."""

import asyncio
from collections.abc import AsyncIterator

import numpy as np

from voice.line.bridge import DELAY, Bridge
from voice.line.inbox import Inbox
from voice.line.leg import CallLeg, Ended, Gone, Key, LegEvent, LegState, Pcm16, Sound


class Leg:
    """A `CallLeg` whose far end is the test."""

    caller: str | None = None
    called: str | None = None
    came_back = False
    state = LegState.UP

    def __init__(self, name: str, rate: int = 8_000) -> None:
        self.id, self.rate = name, rate
        self.inbox = Inbox()
        self.said: list[Pcm16] = []
        self.queued = 0.0
        self.flushed = 0

    def events(self) -> AsyncIterator[LegEvent]:
        return self.inbox.read()

    def play(self, samples: Pcm16) -> None:
        if samples.any():  # silence before the first frame is not what somebody said
            self.said.append(samples)

    def flush(self) -> float:
        self.flushed += 1
        return 0.0

    async def answer(self) -> None: ...

    async def hang_up(self) -> None: ...

    async def transfer(self, target: str, timeout: float = 20.0) -> None: ...

    async def hold(self) -> None: ...

    async def resume(self) -> None: ...


def frame(value: int, count: int = 160) -> Sound:
    return Sound(np.full(count, value, np.int16))


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_each_hears_the_other_and_the_owner_is_told() -> None:
    async def story() -> None:
        elder, operator = Leg("elder"), Leg("operator")
        told: list[tuple[str, LegEvent]] = []
        bridge = Bridge(elder, operator, lambda leg, event: told.append((leg.id, event)))
        bridge.start()
        assert elder.flushed == operator.flushed == 1
        elder.inbox.put(frame(1))
        operator.inbox.put(frame(2))
        operator.inbox.put(Key("5"))
        await settle()
        assert [piece[0] for piece in operator.said] == [1]
        assert [piece[0] for piece in elder.said] == [2]
        assert ("operator", Key("5")) in told
        operator.inbox.put(Gone(Ended.THEY_HUNG_UP))
        await asyncio.wait_for(bridge.ended(), 1)
        assert told[-1] == ("operator", Gone(Ended.THEY_HUNG_UP))
        # The elder is still there, and somebody else reads on.
        elder.inbox.put(Key("0"))
        assert await anext(elder.events()) == Key("0")

    asyncio.run(story())


def test_parted_legs_hear_nothing_more() -> None:
    async def story() -> None:
        elder, operator = Leg("elder"), Leg("operator")
        bridge = Bridge(elder, operator, lambda leg, event: None)
        bridge.start()
        await settle()
        await bridge.stop()
        await asyncio.wait_for(bridge.ended(), 1)
        elder.inbox.put(frame(1))
        await settle()
        assert operator.said == []

    asyncio.run(story())


def test_rates_are_matched() -> None:
    async def story() -> None:
        elder, operator = Leg("elder", 8_000), Leg("operator", 16_000)
        bridge = Bridge(elder, operator, lambda leg, event: None)
        bridge.start()
        time = np.arange(8_000) / 8_000
        tone = np.asarray(8_000 * np.sin(2 * np.pi * 440 * time), np.int16)
        for piece in tone.reshape(-1, 160):
            elder.inbox.put(Sound(piece))
        for piece in np.repeat(tone, 2).reshape(-1, 320):
            operator.inbox.put(Sound(piece), 16_000)
        await settle()
        for leg in (elder, operator):
            heard = np.concatenate(leg.said).astype(float)
            assert abs(len(heard) - leg.rate) < leg.rate * 0.02
            pitch = np.argmax(np.abs(np.fft.rfft(heard))) * leg.rate / len(heard)
            assert abs(pitch - 440) < 2
        await bridge.stop()

    asyncio.run(story())


def test_a_slower_clock_on_the_other_side_adds_no_delay() -> None:
    async def story() -> None:
        elder, operator = Leg("elder"), Leg("operator")
        bridge = Bridge(elder, operator, lambda leg, event: None)
        bridge.start()
        operator.queued = DELAY
        elder.inbox.put(frame(1))
        await settle()
        assert operator.said == []
        operator.queued = DELAY / 2
        elder.inbox.put(frame(2))
        await settle()
        assert [piece[0] for piece in operator.said] == [2]
        await bridge.stop()

    asyncio.run(story())


def test_nothing_is_said_to_somebody_who_holds_us() -> None:
    async def story() -> None:
        elder, operator = Leg("elder"), Leg("operator")
        operator.state = LegState.HELD
        bridge = Bridge(elder, operator, lambda leg, event: None)
        bridge.start()
        elder.inbox.put(frame(1))
        await settle()
        assert operator.said == []
        await bridge.stop()

    asyncio.run(story())


_: type[CallLeg] = Leg
