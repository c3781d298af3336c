"""An Asterisk that is pretended, over real TCP: its AudioSocket() and its AGI()."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np

from evaluation.system import free_port
from tests.voice.line.listening import Calls
from voice.line.audiosocket.frame import Frame, FrameReader, Kind, encode
from voice.line.audiosocket.line import AudioSocketLine, Ports
from voice.line.leg import Pcm16


class Sounding:
    """AudioSocket() of one call."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self.writer = reader, writer
        self.frames: list[Frame] = []
        """All that came."""
        self._changed = asyncio.Condition()
        self.over = asyncio.create_task(self._read())
        """Ends with a HANG_UP, or with the connection; True for the first."""

    @property
    def heard(self) -> Pcm16:
        """What the caller heard so far."""
        octets = b"".join(frame.payload for frame in self.frames if frame.kind == Kind.SOUND)
        return np.frombuffer(octets, "<i2")

    def send(self, kind: int, payload: bytes = b"") -> None:
        """One frame."""
        self.writer.write(encode(Frame(kind, payload)))

    def say(self, samples: Pcm16) -> None:
        """Sound in frames of 20 ms, all at once."""
        for start in range(0, len(samples), 160):
            self.send(Kind.SOUND, samples[start : start + 160].astype("<i2").tobytes())

    async def hear(self, samples: int) -> Pcm16:
        """Waits until so many samples were heard."""
        async with asyncio.timeout(15), self._changed:
            await self._changed.wait_for(lambda: len(self.heard) >= samples)
        return self.heard

    async def _read(self) -> bool:
        frames = FrameReader()
        try:
            while octets := await self._reader.read(4096):
                async with self._changed:
                    self.frames += frames.feed(octets)
                    self._changed.notify_all()
                if any(frame.kind == Kind.HANG_UP for frame in self.frames):
                    return True
        except OSError:
            return False
        finally:
            self.writer.close()
        return False


class Asterisk:
    """The line under test, and what an Asterisk does with it."""

    def __init__(self, line: AudioSocketLine, ports: Ports, calls: Calls) -> None:
        self.line, self.ports, self.calls = line, ports, calls
        self._soundings: list[Sounding] = []  # one that nobody holds would hang up

    async def connect(self, call: uuid.UUID | None, first: bytes = b"") -> Sounding:
        """AudioSocket(): connects, and says which call it is; or says `first` instead."""
        streams = await asyncio.open_connection("127.0.0.1", self.ports.sound)
        sounding = Sounding(*streams)
        if call is not None:
            sounding.send(Kind.UUID, call.bytes)
        sounding.writer.write(first)
        self._soundings.append(sounding)
        return sounding


@asynccontextmanager
async def asterisk(*, strangers: bool = False, most: int = 200) -> AsyncIterator[Asterisk]:
    """A line that listens on free ports."""
    ports = Ports(sound=free_port(), script=free_port(), strangers=strangers, most=most)
    line, calls = AudioSocketLine(ports), Calls()
    await calls.start(line)
    try:
        yield Asterisk(line, ports, calls)
    finally:
        await line.stop()
