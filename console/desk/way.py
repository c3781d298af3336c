"""One WebSocket that carries sound: what goes out, what comes in, and why it ends."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from fastapi import WebSocket, WebSocketDisconnect

OVER_CODE = 4410
"""The call is over for this browser: handed back, hung up, or talked in another window."""
NO_SOUND_CODE = 1003
"""A message was no sound (RFC 6455)."""

_WAITING = 25
"""Messages (half a second) that wait for a slow other end; then the oldest is lost."""


class Outgoing:
    """What goes out, in order. For one event loop."""

    def __init__(self) -> None:
        self._waiting: deque[bytes] = deque(maxlen=_WAITING)
        self._woken = asyncio.Event()
        self._over = False

    def put(self, octets: bytes) -> None:
        """Never waits."""
        self._waiting.append(octets)
        self._woken.set()

    def end(self) -> None:
        """After this nothing is sent."""
        self._over = True
        self._woken.set()

    async def run(self, send: Callable[[bytes], Awaitable[None]]) -> None:
        """Until the end."""
        while not self._over:
            await self._woken.wait()
            self._woken.clear()
            while self._waiting and not self._over:
                await send(self._waiting.popleft())


async def close(socket: WebSocket, code: int) -> None:
    """Says why, unless the other end is gone already."""
    with suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(code)


class Way:
    """For one event loop."""

    def __init__(self, socket: WebSocket) -> None:
        """Accepted already."""
        self._socket = socket
        self._outgoing = Outgoing()
        self._over: int | None = None

    def send(self, octets: bytes) -> None:
        """Never waits."""
        self._outgoing.put(octets)

    def end(self, code: int) -> None:
        """After this nothing is sent."""
        self._over = code
        self._outgoing.end()

    async def run(self, take: Callable[[bytes], None], *beside: Awaitable[None]) -> None:
        """Until either side ends it, or anything `beside` is done; `take` gets what comes in, and
        raises ValueError for what is no sound."""
        sends, receives = self._outgoing.run(self._socket.send_bytes), self._receive(take)
        tasks = [asyncio.ensure_future(each) for each in (sends, receives, *beside)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await close(self._socket, self._over or OVER_CODE)

    async def _receive(self, take: Callable[[bytes], None]) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                try:
                    take(message.get("bytes") or b"")
                except ValueError:
                    self._over = NO_SOUND_CODE
                    return
