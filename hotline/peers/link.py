"""A headset's sound on its way to the process that has the call."""

import asyncio
from contextlib import suppress

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from console.desk.calls import AwayError, Browser
from console.desk.way import NO_SOUND_CODE, OVER_CODE, Outgoing
from hotline.peers.asked import SOUND
from voice.line.browser.leg import LOST_AFTER
from voice.line.browser.wire import read_frame

_PATIENCE = 3.0
"""Seconds to connect."""
_LARGEST = 16_384
"""Octets of one message, as `hotline serve` takes them."""


class Link:
    """Implements `console.desk.calls.Plug`. For the event loop of the web."""

    def __init__(
        self, socket: ClientConnection, browser: Browser, silence: float = LOST_AFTER
    ) -> None:
        """`silence`: seconds without a message until the other process counts as gone; it sends
        fifty a second, whether anybody speaks or not."""
        self._socket, self._browser, self._silence = socket, browser, silence
        self._outgoing = Outgoing()
        self._task = asyncio.create_task(self._run())

    def receive(self, octets: bytes) -> None:
        """See `Plug`."""
        read_frame(octets, self._browser.rate)  # what is no sound is not sent on
        self._outgoing.put(octets)

    def pull(self) -> None:
        """See `Plug`."""
        self._task.cancel()

    async def _run(self) -> None:
        sends = asyncio.create_task(self._send())
        try:
            over = await self._hear()
        finally:
            sends.cancel()
            await self._socket.close()
        if over:
            self._browser.ended()
        else:
            self._browser.broke()

    async def _hear(self) -> bool:
        """Whether the other process said that it is over; else the way broke."""
        try:
            while True:
                async with asyncio.timeout(self._silence):
                    message = await self._socket.recv()
                if isinstance(message, bytes):
                    self._browser.send(message)
        except TimeoutError:
            return False
        except ConnectionClosed as error:
            return error.rcvd is not None and error.rcvd.code in (OVER_CODE, NO_SOUND_CODE)

    async def _send(self) -> None:
        with suppress(ConnectionClosed):  # told by `_hear`
            await self._outgoing.run(self._socket.send)


async def open_link(peer: str, ticket: str, browser: Browser) -> Link:
    """Connects with the process at `peer`. Raises AwayError."""
    try:
        socket = await connect(
            peer.replace("http", "ws", 1) + SOUND,
            additional_headers={"Authorization": f"Bearer {ticket}"},
            compression=None,
            max_size=_LARGEST,
            open_timeout=_PATIENCE,
            close_timeout=1,
            ping_interval=None,  # sound comes all the time
            proxy=None,
        )
    except (OSError, TimeoutError, WebSocketException) as error:
        raise AwayError(peer) from error
    return Link(socket, browser)
