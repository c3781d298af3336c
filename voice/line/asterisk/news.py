"""The event WebSocket: what happens in Asterisk, and whether it is there."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from voice.line.asterisk.event import Event, read_event
from voice.line.asterisk.media import login
from voice.line.asterisk.pbx import Pbx
from voice.line.leg import LineError

_LARGEST = 1_048_576
"""Octets of one event."""

_WAITS = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds between attempts to connect again; the last for ever after."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Back:
    """Asterisk is there again; what happened meanwhile was not told."""


class News:
    """Reads events for as long as it is asked to, connecting again whenever it has to."""

    def __init__(self, pbx: Pbx) -> None:
        self._pbx = pbx
        self._socket: ClientConnection | None = None

    async def open(self) -> None:
        """Connects; Asterisk hands callers to us from now on. Raises LineError."""
        try:
            self._socket = await self._connect()
        except InvalidStatus as error:
            status = error.response.status_code
            raise LineError(
                f"Asterisk at {self._pbx.url} refuses ({status}): compare user and password with"
                " its ari.conf."
            ) from error
        except (OSError, TimeoutError, WebSocketException) as error:
            raise LineError(
                f"Asterisk doesn't answer at {self._pbx.url}: is it running, and http.conf enabled?"
            ) from error

    async def read(self) -> AsyncIterator[Event | Back]:
        """Everything that is told; Back after each time that the connection was lost."""
        while True:
            if self._socket is None:
                await self._again()
                yield Back()
            socket = self._socket
            assert socket is not None  # noqa: S101 - for the type checker
            try:
                async for message in socket:
                    event = read_event(message)
                    if event is not None:
                        yield event
            except WebSocketException:
                pass
            _log.warning("the connection to Asterisk is lost")
            self._socket = None

    async def close(self) -> None:
        """Asterisk hands nobody to us any more."""
        if self._socket is not None:
            await self._socket.close()

    async def _again(self) -> None:
        attempt = 0
        while True:
            await asyncio.sleep(_WAITS[min(attempt, len(_WAITS) - 1)])
            attempt += 1
            try:
                self._socket = await self._connect()
            except (OSError, TimeoutError, WebSocketException):
                continue
            _log.info("connected to Asterisk again")
            return

    async def _connect(self) -> ClientConnection:
        where = self._pbx.url.replace("http", "ws", 1)
        return await connect(
            f"{where}/ari/events?app={self._pbx.app}",
            additional_headers=login(self._pbx),
            compression=None,
            max_size=_LARGEST,
            open_timeout=5,
            close_timeout=1,
            ping_interval=10,  # a machine that was switched off says nothing by itself
            ping_timeout=5,
            proxy=None,
        )
