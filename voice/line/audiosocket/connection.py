"""The TCP connection that carries one call's sound."""

import asyncio
import time
from collections.abc import Callable

import numpy as np

from voice.line.audiosocket.frame import Frame, FrameError, FrameReader, Kind, encode
from voice.line.leg import Key, LegEvent, Pcm16, Sound
from voice.line.outbox import Outbox
from voice.line.pacer import FRAME, Pacer

RATE = 8000
"""Hz; AudioSocket's own."""

_SAMPLES = round(RATE * FRAME)
_UNSENT = 65_536
"""Octets that wait in the system, four seconds: then nobody reads them any more."""

_KEYS = set("0123456789*#ABCD")


class Connection:
    """Reads and writes until either side closes it.

    `tell` gets what comes in; `ended` is called once, with True when it was closed in an orderly
    way (Asterisk closes it when the caller hangs up).
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        frames: FrameReader,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._frames = frames
        self._clock = clock
        self._outbox = Outbox()
        self.paused = False
        """Silence is sent, and nothing is told of what comes in."""

    @property
    def queued(self) -> float:
        """Seconds that aren't sent yet."""
        return len(self._outbox) / RATE

    def play(self, samples: Pcm16) -> None:
        """Appends to what is said."""
        self._outbox.put(samples)

    def flush(self) -> float:
        """Stops talking; gives the seconds that won't be heard."""
        return self._outbox.clear() / RATE

    def close(self) -> None:
        """Hangs up: the dialplan goes on behind AudioSocket()."""
        if not self._writer.is_closing():
            self._writer.write(encode(Frame(Kind.HANG_UP)))
            self._writer.close()

    async def run(self, tell: Callable[[LegEvent], None]) -> bool:
        """Until it is closed; whether that was in an orderly way."""
        saying = asyncio.create_task(self._say())
        try:
            return await self._hear(tell)
        finally:
            saying.cancel()
            self._writer.close()

    async def _hear(self, tell: Callable[[LegEvent], None]) -> bool:
        try:
            while octets := await self._reader.read(4096):
                for frame in self._frames.feed(octets):
                    if frame.kind == Kind.HANG_UP:
                        return True
                    event = _event(frame)
                    if event is not None and not (self.paused and isinstance(event, Sound)):
                        tell(event)
        except (OSError, FrameError):
            return False
        return True

    async def _say(self) -> None:
        pacer = Pacer(self._clock())
        while not self._writer.is_closing():
            for _ in range(pacer.due(self._clock())):
                samples = np.empty(0, np.int16) if self.paused else self._outbox.take(_SAMPLES)
                padded = np.pad(samples, (0, _SAMPLES - len(samples)))
                self._writer.write(encode(Frame(Kind.SOUND, padded.astype("<i2").tobytes())))
            if self._writer.transport.get_write_buffer_size() > _UNSENT:
                self._writer.transport.abort()
            await asyncio.sleep(pacer.wait(self._clock()))


def _event(frame: Frame) -> LegEvent | None:
    if frame.kind == Kind.SOUND and frame.payload:
        return Sound(np.frombuffer(frame.payload, dtype="<i2").astype(np.int16))
    if frame.kind == Kind.KEY and (digit := frame.payload.decode("latin-1").upper()) in _KEYS:
        return Key(digit)
    return None
