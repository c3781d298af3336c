"""What happens with whatever comes in, over UDP and TCP alike; in the receiver's event loop."""

import asyncio
import secrets
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import structlog
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from voice.line.scaip.message import CONTENT_TYPE, Reply, render
from voice.line.scaip.seen import Key, Seen
from voice.line.scaip.sip import Address, Headers, SipMessage, answer, answer_port, compose, parse
from voice.line.scaip.telling import Telling
from voice.line.scaip.treating import Treated, Treating
from voice.line.sip.allowed import allows
from voice.line.sip.settings import Network

MOST_AT_ONCE = 64
"""Messages that are worked on; beyond that units are asked to come again."""

_RATE = RateLimitItemPerSecond(500, 10)
"""Of one address, which may be a whole town's proxy."""

_ALLOW: Headers = (("Allow", "MESSAGE, OPTIONS"), ("Accept", CONTENT_TYPE))

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Peer:
    """Whom something came from, and how it is answered."""

    source: Address
    ours: Address
    transport: str
    """UDP, TCP or TLS."""
    deliver: Callable[[bytes, Address], None]
    port: int | None = None
    """Where answers go, when not to where it came from."""

    def send(self, octets: bytes) -> None:
        """Back to them."""
        self.deliver(octets, (self.source[0], self.port or self.source[1]))


class Exchange:
    """Of one receiver."""

    def __init__(
        self,
        treating: Treating,
        *,
        networks: Iterable[Network],
        replies_apart: bool,
        threads: Executor,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        """`replies_apart`: an `mrs` is a MESSAGE of its own, not the body of a 200."""
        self._treating, self._networks = treating, tuple(networks)
        self._apart, self._threads, self._loop = replies_apart, threads, loop
        self._seen, self._telling = Seen(loop.time), Telling(loop)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._tasks: set[asyncio.Task[None]] = set()

    def lets_in(self, source: Address) -> bool:
        """Strangers get no answer at all: a datagram's sender is easily made up."""
        return allows(self._networks, source[0])

    def take(self, octets: bytes, peer: Peer) -> None:
        """One whole message. Raises SipError for what is none."""
        if not self.lets_in(peer.source) or not self._limiter.hit(_RATE, peer.source[0]):
            return
        message = parse(octets)
        if peer.transport == "UDP" and message.method:
            peer = replace(peer, port=answer_port(message))
        if message.status:
            self._telling.heard(message)
        elif message.method == "MESSAGE":
            self._message(message, peer)
        elif message.method == "OPTIONS":
            self._answer(message, peer, Treated(200, "OK", _ALLOW))
        elif message.method != "ACK":
            self._answer(message, peer, Treated(405, "Method Not Allowed", _ALLOW))

    async def stop(self) -> None:
        """Waits for what is being kept."""
        self._telling.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=10)

    def _message(self, message: SipMessage, peer: Peer) -> None:
        key = self._seen.key(message, peer.source)
        if not self._seen.begin(key):
            before = self._seen.answer(key)
            if before is not None:  # None: the work goes on, its answer is coming
                peer.send(before)
            return
        if len(self._tasks) >= MOST_AT_ONCE:
            self._seen.dropped(key)
            busy = Treated(503, "Service Unavailable", (("Retry-After", "5"),))
            self._answer(message, peer, busy)
            return
        task = self._loop.create_task(self._work(key, message, peer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, key: Key, message: SipMessage, peer: Peer) -> None:
        treat = self._treating.treat
        treated = await self._loop.run_in_executor(self._threads, treat, message)
        sent = self._answer(message, peer, treated)
        if treated.status >= 500:
            self._seen.dropped(key)
        else:
            self._seen.answered(key, sent)
        if treated.reply is not None and self._apart:
            self._tell(message, treated.reply, peer)

    def _answer(self, message: SipMessage, peer: Peer, treated: Treated) -> bytes:
        inside = treated.reply is not None and not self._apart
        octets = answer(
            message,
            treated.status,
            treated.reason,
            peer.source,
            tag=secrets.token_hex(6),
            extra=treated.headers,
            body=render(treated.reply) if inside and treated.reply else b"",
            content_type=CONTENT_TYPE,
        )
        peer.send(octets)
        return octets

    def _tell(self, message: SipMessage, reply: Reply, peer: Peer) -> None:
        token = secrets.token_hex(10)
        octets = compose(
            message,
            ours=peer.ours,
            transport=peer.transport,
            token=token,
            body=render(reply),
            content_type=CONTENT_TYPE,
        )
        self._telling.tell(token, octets, peer.send, reliable=peer.transport != "UDP")
