"""UDP and TCP under the exchange: whole messages in, octets out, everything bounded."""

import asyncio
import socket
from ipaddress import ip_address
from typing import cast

import structlog

from voice.line.scaip.exchange import Exchange, Peer
from voice.line.scaip.message import MOST as MOST_BODY
from voice.line.scaip.sip import Address, SipError, content_length, read_head
from voice.line.scaip.telling import Send

MOST_CONNECTIONS = 256
_IDLE = 900.0
"""Seconds; units keep a connection open with empty lines every few minutes (RFC 5626)."""
_UNREAD = 64 * 1024
"""Octets that a connection may leave unread before it is closed."""
_END = b"\r\n\r\n"

log = structlog.get_logger(__name__)


class Datagrams(asyncio.DatagramProtocol):
    """UDP."""

    def __init__(self, exchange: Exchange, ours: Address) -> None:
        self._exchange, self._ours = exchange, ours
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        """See asyncio."""
        source = (str(addr[0]), int(addr[1]))
        if not data.strip(b"\r\n\0 ") or not self._exchange.lets_in(source):
            return

        def deliver(octets: bytes, to: Address) -> None:
            if self._transport is not None and not self._transport.is_closing():
                self._transport.sendto(octets, (*to, *addr[2:]))

        peer = Peer(source, _ours(self._ours, source), "UDP", deliver)
        try:
            self._exchange.take(data, peer)
        except SipError as error:
            log.warning("what a unit sent is no SIP", problem=str(error))


class Connections:
    """TCP."""

    def __init__(self, exchange: Exchange, ours: Address) -> None:
        self._exchange, self._ours = exchange, ours
        self._open: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side has enough."""
        source = writer.get_extra_info("peername")[:2]
        if len(self._open) >= MOST_CONNECTIONS or not self._exchange.lets_in(source):
            writer.transport.abort()
            return
        self._open.add(writer)

        def deliver(octets: bytes, _to: Address) -> None:
            if writer.transport.get_write_buffer_size() > _UNREAD:
                writer.transport.abort()
            elif not writer.transport.is_closing():
                writer.write(octets)

        peer = Peer(source, _ours(self._ours, source), "TCP", deliver)
        try:
            while True:
                octets = await asyncio.wait_for(_whole(reader, peer.send), _IDLE)
                self._exchange.take(octets, peer)
        except SipError as error:
            log.warning("what a unit sent is no SIP", problem=str(error))
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            return  # it went away, or never came to an end
        finally:
            self._open.discard(writer)
            writer.close()

    def close(self) -> None:
        """Every connection."""
        for writer in tuple(self._open):
            writer.close()


async def _whole(reader: asyncio.StreamReader, send: Send) -> bytes:
    """The next message; empty lines before it are answered and dropped (RFC 5626, 4.4.1)."""
    while True:
        head = await reader.readuntil(_END)
        if head.strip(b"\r\n"):
            break
        send(b"\r\n")
    head = head.lstrip(b"\r\n")
    length = content_length(read_head(head[: -len(_END)])[1])
    if length is None or length > MOST_BODY:
        raise SipError("Content-Length is missing or too much")
    return head + await reader.readexactly(length)


def _ours(bound: Address, peer: Address) -> Address:
    """Our address as this peer sees it: of all of them, the one that the way there begins at."""
    if not ip_address(bound[0]).is_unspecified:
        return bound
    family = socket.AF_INET6 if ":" in peer[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(peer)  # sends nothing
        except OSError:
            return bound
        return (probe.getsockname()[0], bound[1])
