"""A bad network between a telephone and a line: sound gets lost, late and out of order."""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from tests.voice.line.sip.udp import Udp, opened

_AUDIO = re.compile(rb"m=audio (\d+)")

Receive = Callable[[bytes, int], None]


class _Socket(Udp):
    def __init__(self, receive: Receive) -> None:
        self._receive = receive

    def receive(self, data: bytes, port: int) -> None:
        self._receive(data, port)


class Relay:
    """For one call, dialled at `port`; SIP passes unharmed."""

    def __init__(self, line: int, loss: float, jitter: float, seed: int) -> None:
        self.line, self.loss, self.jitter = line, loss, jitter
        self.muted = False
        """Nothing of the caller's sound arrives any more."""
        self.lost = self.passed = 0
        self._chance = random.Random(seed)  # noqa: S311 - the same network each time
        self._caller = 0
        self._caller_rtp = self._line_rtp = 0

    async def open(self, sockets: AsyncExitStack) -> None:
        """With three sockets: for SIP, and for the sound from either side."""

        async def socket(receive: Receive) -> _Socket:
            return await sockets.enter_async_context(opened(lambda: _Socket(receive)))

        self._sip = await socket(self._pass_sip)
        self._from_caller = await socket(lambda data, _: self._delay(data, to_line=True))
        self._from_line = await socket(lambda data, _: self._delay(data, to_line=False))
        self.port = self._sip.port

    def inject(self, data: bytes) -> None:
        """Among the caller's sound, from the same address."""
        self._from_line.send(data, self._line_rtp)

    def _pass_sip(self, data: bytes, port: int) -> None:
        audio = _AUDIO.search(data)
        if port == self.line:
            if audio:
                self._line_rtp = int(audio[1])
                data = _with_port(data, self._from_caller.port)
            self._sip.send(data, self._caller)
        else:
            self._caller = port
            if audio:
                self._caller_rtp = int(audio[1])
                data = _with_port(data, self._from_line.port)
            self._sip.send(data, self.line)

    def _delay(self, data: bytes, *, to_line: bool) -> None:
        if self._chance.random() < self.loss or (self.muted and to_line):
            self.lost += 1
            return
        self.passed += 1
        socket = self._from_line if to_line else self._from_caller
        port = self._line_rtp if to_line else self._caller_rtp
        late = self._chance.random() * self.jitter
        asyncio.get_running_loop().call_later(late, socket.send, data, port)


def _with_port(data: bytes, port: int) -> bytes:
    head, _, body = data.partition(b"\r\n\r\n")
    body = _AUDIO.sub(b"m=audio %d" % port, body)
    return (
        re.sub(rb"(?im)^(Content-Length:\s*)\d+", rb"\g<1>%d" % len(body), head)
        + b"\r\n\r\n"
        + body
    )


@asynccontextmanager
async def relay(line: int, *, loss: float, jitter: float, seed: int = 1) -> AsyncIterator[Relay]:
    """`loss` of all packets, and up to `jitter` seconds of delay, both ways."""
    made = Relay(line, loss, jitter, seed)
    async with AsyncExitStack() as sockets:
        await made.open(sockets)
        yield made
