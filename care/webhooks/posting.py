"""One attempt: connects to what was looked up and checked, follows nothing, reads no answer."""

import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore

from care.webhooks.address import AddressError, Network, look_up

_LONGEST_REST = 3600.0
"""Seconds that a receiver may ask us to wait."""


@dataclass(frozen=True)
class Answer:
    """What a receiver said. Its words are never read: they are not ours to keep."""

    status: int
    retry_after: float = 0.0
    """Seconds."""


class NoAnswerError(RuntimeError):
    """Nothing came back; `reason` is timeout, unreachable or private address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def post(
    url: str, headers: Mapping[str, str], body: str, *, allowed: Sequence[Network], seconds: float
) -> Answer:
    """Sends it. `seconds` bounds the whole, also where a receiver sends an octet now and then.
    Raises NoAnswerError.
    """
    backend = _Guarded(allowed, time.monotonic() + seconds)
    sent = [*headers.items(), ("content-type", "application/json")]
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=_trusted(), network_backend=backend, max_connections=1
            ) as pool,
            pool.stream("POST", url, headers=sent, content=body.encode()) as response,
        ):
            return Answer(response.status, _retry_after(response.headers))
    except AddressError as error:
        raise NoAnswerError("private address") from error
    except httpcore.TimeoutException as error:
        raise NoAnswerError("timeout") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise NoAnswerError("unreachable") from error


def _retry_after(headers: Iterable[tuple[bytes, bytes]]) -> float:
    told = {name.lower(): value for name, value in headers}.get(b"retry-after", b"")
    return min(float(told), _LONGEST_REST) if told.isdigit() and len(told) < 10 else 0.0


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Guarded(httpcore.NetworkBackend):
    """Connects where it may, within what is left of the time."""

    def __init__(self, allowed: Sequence[Network], deadline: float) -> None:
        self._allowed, self._deadline = allowed, deadline
        self._usual = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = look_up(host, port, self._allowed)
        for address in addresses[:-1]:
            try:
                return self._connected(address, port)
            except httpcore.ConnectError:
                continue
        return self._connected(addresses[-1], port)

    def _connected(self, address: str, port: int) -> httpcore.NetworkStream:
        left = _left(self._deadline, httpcore.ConnectTimeout)
        return _Bounded(self._usual.connect_tcp(address, port, timeout=left), self._deadline)


class _Bounded(httpcore.NetworkStream):
    """A connection that nobody can keep us on beyond the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, httpcore.ConnectTimeout)
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, late: Callable[[], Exception]) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise late()
    return left
