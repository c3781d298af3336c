"""WebSockets that carry an operator's voice: into a caller's call, and back to them as a test.

Mono PCM, 16 bits, little-endian, some 20 ms a message, at the rate that the browser states.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may, still_signed_in
from console.desk.call_page import may_be
from console.desk.calls import Browser, NotInCallError, Part
from console.desk.errors import NOT_ALLOWED_CODE, SIGNED_OUT_CODE
from console.desk.floor import Floor

OVER_CODE = 4410
"""The call is over for this browser: handed back, hung up, or talked in another window."""
NO_SOUND_CODE = 1003
"""A message was no sound (RFC 6455)."""

STILL = 5.0
"""Seconds between two looks whether somebody is still signed in."""
_WAITING = 25
"""Messages (half a second) that wait for a slow browser; then the oldest is lost."""
_ECHO = 50
"""Messages (a second) after which a test gives one's own voice back."""
_MOST = 9_600
"""Octets of one message of a test: 100 ms at the fastest rate."""

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]


class _Way:
    """What goes out to one browser, and why it ends."""

    def __init__(self, socket: WebSocket, still: float) -> None:
        self._socket, self._still = socket, still
        self._waiting: deque[bytes] = deque(maxlen=_WAITING)
        self._woken = asyncio.Event()
        self._over: int | None = None

    def send(self, octets: bytes) -> None:
        """Never waits."""
        self._waiting.append(octets)
        self._woken.set()

    def end(self, code: int) -> None:
        """After this nothing is sent."""
        self._over = code
        self._woken.set()

    async def run(self, take: Callable[[bytes], None]) -> None:
        """Until either side ends it; `take` gets what the browser sends, and raises ValueError for
        what is no sound."""
        work = (self._send(), self._receive(take), self._watch())
        tasks = [asyncio.create_task(each) for each in work]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(RuntimeError):  # the browser closed it first
            await self._socket.close(self._over or OVER_CODE)

    async def _send(self) -> None:
        while self._over is None:
            await self._woken.wait()
            self._woken.clear()
            while self._waiting and self._over is None:
                await self._socket.send_bytes(self._waiting.popleft())

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

    async def _watch(self) -> None:
        while await run_in_threadpool(still_signed_in, self._socket):
            await asyncio.sleep(self._still)
        self._over = SIGNED_OUT_CODE


def build_router(floor: Floor, still: float = STILL) -> APIRouter:
    """Two WebSockets. `still`: see STILL."""
    router = APIRouter()

    @router.websocket("/desk/conversations/{number}/sound")
    async def call(
        socket: WebSocket, who: Operator, number: int, rate: int, part: Part = Part.OPERATOR
    ) -> None:
        def allowed() -> bool:
            with floor.sessions() as session:
                return may_be(session, number, who, part)

        if not await run_in_threadpool(allowed):
            await socket.close(NOT_ALLOWED_CODE)
            return
        await socket.accept()
        way = _Way(socket, still)
        try:
            browser = Browser(rate, way.send, lambda: way.end(OVER_CODE))
            plug = await floor.calls.plug(number, who.name, part, browser)
        except NotInCallError:
            await socket.close(OVER_CODE)
            return
        except ValueError:
            await socket.close(NO_SOUND_CODE)
            return
        try:
            await way.run(plug.receive)
        finally:
            plug.pull()

    @router.websocket("/desk/headset/sound")
    async def test(socket: WebSocket, _who: Operator) -> None:
        await socket.accept()
        way, later = _Way(socket, still), deque[bytes]()

        def echo(octets: bytes) -> None:
            if not 0 < len(octets) <= _MOST:
                raise ValueError("no sound")
            later.append(octets)
            if len(later) > _ECHO:
                way.send(later.popleft())

        await way.run(echo)

    return router
