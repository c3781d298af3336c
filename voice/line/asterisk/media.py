"""The sound of one call: a WebSocket to Asterisk's chan_websocket.

Binary messages are sound both ways, text messages are JSON: `command` from us, `event` from
Asterisk. https://docs.asterisk.org/Configuration/Channel-Drivers/WebSocket/
"""

import asyncio
import base64
import json
import time
from collections.abc import Callable

import numpy as np
import structlog
from pydantic import BaseModel, ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from voice.line.asterisk.feed import Feed, Flush
from voice.line.asterisk.pbx import Pbx
from voice.line.leg import Key, LegEvent, Pcm16, Sound

FORMATS = {8000: "slin", 16000: "slin16"}
"""Asterisk's names of 16-bit samples, by rate (Hz)."""

_PACE = 0.06
"""Seconds between two looks at what is due; what Feed stays ahead covers some of them."""

_LARGEST = 65_536
"""Octets of one message; Asterisk sends 20 ms, 320 or 640 octets."""

_log = structlog.get_logger()


class MediaError(RuntimeError):
    """Asterisk doesn't take our sound."""


class _Told(BaseModel):
    event: str = ""
    digit: str = ""


class Media:
    """Both directions; `tell` gets what comes in, `lost` is called when it ends by itself."""

    def __init__(
        self,
        socket: ClientConnection,
        rate: int,
        tell: Callable[[LegEvent], None],
        lost: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._socket = socket
        self._tell = tell
        self._lost = lost
        self._clock = clock
        self._feed = Feed(rate)
        self._wake = asyncio.Event()
        self._tasks = [asyncio.create_task(self._hear()), asyncio.create_task(self._say())]

    @property
    def queued(self) -> float:
        """Seconds of speech that aren't heard yet."""
        return self._feed.queued(self._clock())

    def play(self, samples: Pcm16) -> None:
        """Appends to what is said."""
        self._feed.put(samples)
        self._wake.set()

    def flush(self) -> float:
        """Stops talking; gives the seconds that won't be heard."""
        lost = self._feed.flush(self._clock())
        self._wake.set()
        return lost

    async def close(self) -> None:
        """Hangs Asterisk's media channel up; `lost` is not called."""
        self._lost = lambda: None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._socket.close()

    async def _hear(self) -> None:
        try:
            async for message in self._socket:
                self._take(message)
        except WebSocketException:
            pass  # ended without a closing handshake: it is lost all the same
        self._lost()

    def _take(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            whole = len(message) // 2 * 2
            self._tell(Sound(np.frombuffer(message[:whole], dtype="<i2").astype(np.int16)))
            return
        try:
            told = _Told.model_validate_json(message)
        except ValidationError:
            return
        if told.event == "DTMF_END" and told.digit in set("0123456789*#ABCD"):
            self._tell(Key(told.digit))
        elif told.event == "ERROR":
            _log.warning("Asterisk did not understand a command of ours")

    async def _say(self) -> None:
        try:
            while True:
                self._wake.clear()
                for due in self._feed.due(self._clock()):
                    if isinstance(due, Flush):
                        await self._socket.send(json.dumps({"command": "FLUSH_MEDIA"}))
                    else:
                        await self._socket.send(due.astype("<i2").tobytes())
                try:
                    async with asyncio.timeout(_PACE):
                        await self._wake.wait()
                except TimeoutError:
                    continue
        except WebSocketException:
            return  # told by the other task


async def open_media(
    pbx: Pbx,
    connection: str,
    rate: int,
    tell: Callable[[LegEvent], None],
    lost: Callable[[], None],
) -> Media:
    """Connects to the media channel whose connection id that is. Raises MediaError."""
    where = pbx.url.replace("http", "ws", 1)
    try:
        socket = await connect(
            f"{where}/media/{connection}",
            subprotocols=["media"],
            additional_headers=login(pbx),
            compression=None,
            max_size=_LARGEST,
            open_timeout=5,
            close_timeout=1,
            ping_interval=None,  # sound comes all the time; TCP tells when it can't be sent
            proxy=None,
        )
    except (OSError, TimeoutError, WebSocketException) as error:
        raise MediaError("Asterisk doesn't take our sound") from error
    return Media(socket, rate, tell, lost)


def login(pbx: Pbx) -> dict[str, str]:
    """The header that lets us in; a password in an address would end in logs."""
    both = base64.b64encode(f"{pbx.user}:{pbx.password}".encode()).decode("ascii")
    return {"Authorization": f"Basic {both}"}
