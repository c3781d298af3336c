"""UDP, TCP and TLS under the exchange: whole messages in, octets out, everything bounded."""

import asyncio
import socket
import ssl
from collections.abc import Coroutine
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
_HANDSHAKE = 10.0
"""Seconds to agree on TLS in."""
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
    """TCP, or TLS over it."""

    def __init__(
        self, exchange: Exchange, ours: Address, tls: ssl.SSLContext | None = None
    ) -> None:
        self._exchange, self._ours, self._tls = exchange, ours, tls
        self._open: set[asyncio.StreamWriter] = set()

    def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Coroutine[None, None, None]:
        """One connection, until either side has enough. Called as soon as it is there, so that
        nothing of a TLS greeting is read as SIP.
        """
        if self._tls is not None:
            cast(asyncio.Transport, writer.transport).pause_reading()
        return self._serve(reader, writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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

        kind = "TLS" if self._tls is not None else "TCP"
        peer = Peer(source, _ours(self._ours, source), kind, deliver)
        try:
            if self._tls is not None:  # only here, so that strangers and a crowd don't come so far
                await writer.start_tls(self._tls, ssl_handshake_timeout=_HANDSHAKE)
            while True:
                octets = await asyncio.wait_for(_whole(reader, peer.send), _IDLE)
                self._exchange.take(octets, peer)
        except SipError as error:
            log.warning("what a unit sent is no SIP", problem=str(error))
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            return  # it went away, or never came to an end
        finally:
            self._open.discard(writer)
            if self._tls is None:
                writer.close()
            else:
                writer.transport.abort()  # a farewell may take half a minute, which nobody counts

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
