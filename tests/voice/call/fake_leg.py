"""A telephone without a line: what it says comes in frames of 20 ms, what it hears is kept."""

import asyncio
from collections.abc import AsyncIterator

import numpy as np

from voice.line.leg import (
    CallLeg,
    CameBack,
    DialError,
    Ended,
    Failed,
    Gone,
    Held,
    Key,
    LegEvent,
    LegState,
    Pcm16,
    Resumed,
    Sound,
    TransferError,
)

FRAME = 0.02


class FakeLeg:
    """Implements `CallLeg` on the loop's clock."""

    def __init__(self, name: str, caller: str | None = None, *, rate: int = 8000) -> None:
        self.id, self.caller, self.called = name, caller, "12349"
        self.rate = rate
        self.came_back: CameBack | None = None
        self.state = LegState.RINGING
        self.played: list[tuple[float, float, Pcm16]] = []
        """From, to, what went out to this telephone; what was flushed is cut off."""
        self.ended: Ended | None = None
        self.hand_on: Failed | None = Failed.DECLINED
        """What becomes of a wish to hand them on; None: the other telephone takes them."""
        self.asked_for: list[tuple[str, float]] = []
        """Telephones that they were to be handed to, and the seconds these had."""
        self._mouth = np.zeros(0, np.int16)
        self._events: asyncio.Queue[LegEvent] = asyncio.Queue()
        self._talks: asyncio.Task[None] | None = None

    # --- the person at the telephone -----------------------------------------------------------

    def say(self, samples: Pcm16) -> None:
        """Speaks, after what is being said."""
        self._mouth = np.concatenate([self._mouth, samples])

    def press(self, digit: str) -> None:
        self._events.put_nowait(Key(digit))

    def put_down(self, why: Ended = Ended.THEY_HUNG_UP) -> None:
        if self.state is not LegState.GONE:
            self.state, self.ended = LegState.GONE, why
            self._events.put_nowait(Gone(why))

    def heard(self, begin: float, end: float) -> float:
        """Seconds of sound (no silence) that this telephone got in that time."""
        loud = 0
        for start, stop, samples in self.played:
            first = max(0, round((begin - start) * self.rate))
            last = min(len(samples), round((min(stop, end) - start) * self.rate))
            loud += int(np.count_nonzero(np.abs(samples[first : max(first, last)]) > 50))
        return loud / self.rate

    def pick_up(self) -> None:
        self.state = LegState.UP
        self._talks = asyncio.get_running_loop().create_task(self._talk())

    # --- CallLeg -------------------------------------------------------------------------------

    @property
    def queued(self) -> float:
        now = asyncio.get_running_loop().time()
        return max(0.0, self.played[-1][1] - now) if self.played else 0.0

    async def events(self) -> AsyncIterator[LegEvent]:
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Gone):
                return

    async def answer(self) -> None:
        if self.state is LegState.RINGING:
            self.pick_up()

    def play(self, samples: Pcm16) -> None:
        if self.state is LegState.GONE:
            return
        begin = asyncio.get_running_loop().time() + self.queued
        self.played.append((begin, begin + len(samples) / self.rate, samples))

    def flush(self) -> float:
        now, lost = asyncio.get_running_loop().time(), self.queued
        self.played = [(b, min(e, now), s) for b, e, s in self.played if b < now]
        return lost

    async def hang_up(self) -> None:
        self.put_down(Ended.WE_HUNG_UP)

    def put_on_hold(self, on: bool) -> None:
        """The person at the telephone presses hold, or takes us back."""
        self._events.put_nowait(Held() if on else Resumed())

    async def transfer(self, target: str, timeout: float = 20.0) -> None:
        self.asked_for.append((target, timeout))
        if self.hand_on is Failed.NO_ANSWER:
            await asyncio.sleep(timeout)
        if self.hand_on is not None:
            raise TransferError(self.hand_on)
        self.put_down(Ended.MOVED)
        await asyncio.sleep(0.5)  # the carrier tells it some other time

    async def hold(self) -> None:
        """Not needed here."""

    async def resume(self) -> None:
        """Not needed here."""

    async def _talk(self) -> None:
        step = round(FRAME * self.rate)
        while self.state is not LegState.GONE:
            await asyncio.sleep(FRAME)
            frame, self._mouth = self._mouth[:step], self._mouth[step:]
            self._events.put_nowait(Sound(np.pad(frame, (0, step - len(frame)))))


class FakeLine:
    """Implements `Line`: operators pick up, or don't."""

    registered = True

    def __init__(self) -> None:
        self.operators: list[FakeLeg] = []
        self.rings = 2.0
        """Seconds until somebody picks up."""
        self.rings_at: dict[str, float | Failed] = {}
        """The same for certain telephones, or why they can't be reached."""
        self.fails: Failed | None = None
        self.ringing = 0
        """Telephones that ring now."""

    async def start(self, on_call: object) -> None:
        """Tests bring the calls themselves."""

    async def dial(self, target: str, *, timeout: float = 30.0) -> CallLeg:
        rings = self.fails or self.rings_at.get(target, self.rings)
        if isinstance(rings, Failed):
            await asyncio.sleep(timeout if rings is Failed.NO_ANSWER else 0.3)
            raise DialError(rings)
        self.ringing += 1
        try:
            await asyncio.sleep(rings)
        finally:
            self.ringing -= 1
        leg = FakeLeg(f"operator-{len(self.operators)}")
        leg.pick_up()
        self.operators.append(leg)
        return leg

    async def stop(self) -> None:
        """Nothing is open."""
