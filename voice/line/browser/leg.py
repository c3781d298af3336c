"""A browser as a leg: an operator's headset."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable

import numpy as np

from voice.audio.pcm import from_int16, to_int16
from voice.audio.resampling import Resampler
from voice.line.browser.wire import Allowance, write_frame
from voice.line.inbox import Inbox
from voice.line.leg import Ended, Failed, Gone, LegEvent, LegState, Pcm16, Sound, TransferError
from voice.line.outbox import Outbox
from voice.line.pacer import FRAME, Pacer

RATE = 16_000
"""Hz; what the browser has is changed to it."""

LOST_AFTER = 4.0
"""Seconds without a message until a browser counts as gone: a muted one sends silence, and a
computer that fell asleep doesn't say goodbye."""

_FRAME = round(FRAME * RATE)


class BrowserLeg:
    """Implements `CallLeg`. It is up from the beginning: somebody pressed a button for it."""

    came_back = None
    caller: str | None = None
    called: str | None = None
    rate = RATE

    def __init__(
        self, browser_rate: int, send: Callable[[bytes], None], ended: Callable[[], None]
    ) -> None:
        """`browser_rate` is one of `wire.RATES`. `send` gets every message and must not block;
        `ended` is told, once, that there will be no more."""
        self.id = uuid.uuid4().hex
        self.state = LegState.UP
        self._browser_rate, self._send, self._ended = browser_rate, send, ended
        loop = asyncio.get_running_loop()
        self._clock = loop.time
        self._inbox, self._outbox = Inbox(), Outbox()
        self._in = Resampler(browser_rate, RATE, quick=True)
        self._out = Resampler(RATE, browser_rate, quick=True)
        self._rest: Pcm16 = np.zeros(0, np.int16)
        """Less than a frame."""
        self._allowance = Allowance(loop.time())
        self._heard_at = loop.time()
        self._pace = loop.create_task(self._talk())

    @property
    def queued(self) -> float:
        """See `CallLeg`."""
        return len(self._outbox) / RATE

    def events(self) -> AsyncIterator[LegEvent]:
        """See `CallLeg`."""
        return self._inbox.read()

    def receive(self, samples: Pcm16) -> None:
        """One message of the browser, at its own rate; more than time passes is not taken."""
        seconds = len(samples) / self._browser_rate
        self._heard_at = self._clock()
        if self.state is LegState.GONE or not self._allowance.takes(seconds, self._clock()):
            return
        sound = np.concatenate([self._rest, to_int16(self._in.push(from_int16(samples)))])
        whole = len(sound) // _FRAME * _FRAME
        self._rest = sound[whole:]
        for frame in sound[:whole].reshape(-1, _FRAME):
            self._inbox.put(Sound(frame), RATE)

    def lost(self) -> None:
        """The browser's connection has ended."""
        self._end(Ended.THEY_HUNG_UP)

    async def answer(self) -> None:
        """It is up already."""

    def play(self, samples: Pcm16) -> None:
        """See `CallLeg`."""
        if self.state is not LegState.GONE:
            self._outbox.put(samples)

    def flush(self) -> float:
        """See `CallLeg`; what the browser has already, some tenths of a second, is heard."""
        return self._outbox.clear() / RATE

    async def hang_up(self) -> None:
        """See `CallLeg`."""
        self._end(Ended.WE_HUNG_UP)

    async def transfer(self, target: str, timeout: float = 20.0) -> None:
        """See `CallLeg`; a browser can't be handed on."""
        raise TransferError(Failed.UNREACHABLE)

    async def hold(self) -> None:
        """Rooms put their members on hold; a browser knows nothing of it."""

    async def resume(self) -> None:
        """As `hold`."""

    async def _talk(self) -> None:
        pacer = Pacer(self._clock())
        while True:
            for _ in range(pacer.due(self._clock())):
                sound = self._out.push(from_int16(self._outbox.take(_FRAME)))
                if len(sound):
                    self._send(write_frame(to_int16(sound)))
            if self._clock() - self._heard_at > LOST_AFTER:
                self._end(Ended.LOST)
            await asyncio.sleep(pacer.wait(self._clock()))

    def _end(self, why: Ended) -> None:
        if self.state is LegState.GONE:
            return
        self.state = LegState.GONE
        self._outbox.clear()
        self._pace.cancel()
        self._inbox.put(Gone(why))
        self._ended()
