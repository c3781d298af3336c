"""WebSockets that carry an operator's voice: into a caller's call, and back to them as a test.

Mono PCM, 16 bits, little-endian, some 20 ms a message, at the rate that the browser states.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, WebSocket
from starlette.concurrency import run_in_threadpool

from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may, still_signed_in
from console.desk.call_page import may_be
from console.desk.calls import AwayError, Browser, NotInCallError, Part, Plug
from console.desk.errors import NOT_ALLOWED_CODE, SIGNED_OUT_CODE
from console.desk.floor import Floor
from console.desk.way import NO_SOUND_CODE, OVER_CODE, Way, close

AWAY_CODE = 4412
"""The process that has the call doesn't answer."""
BROKE_CODE = 1013
"""The way to the call broke: the page tries again (RFC 6455's registry: try again later)."""

STILL = 5.0
"""Seconds between two looks whether somebody is still signed in."""
_ECHO = 50
"""Messages (a second) after which a test gives one's own voice back."""
_MOST = 9_600
"""Octets of one message of a test: 100 ms at the fastest rate."""

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]


async def carry(
    socket: WebSocket,
    rate: int,
    plug: Callable[[Browser], Awaitable[Plug]],
    *beside: Callable[[WebSocket, Way], Awaitable[None]],
) -> None:
    """Sound of `rate` both ways between a WebSocket, which it accepts, and a call, until either
    side or anything `beside` ends it. `plug`: see `Calls.plug`."""
    await socket.accept()
    way = Way(socket)
    browser = Browser(
        rate,
        send=way.send,
        ended=lambda: way.end(OVER_CODE),
        broke=lambda: way.end(BROKE_CODE),
    )
    try:
        plugged = await plug(browser)
    except AwayError:
        await close(socket, AWAY_CODE)
        return
    except NotInCallError:
        await close(socket, OVER_CODE)
        return
    except ValueError:
        await close(socket, NO_SOUND_CODE)
        return
    try:
        await way.run(plugged.receive, *(each(socket, way) for each in beside))
    finally:
        plugged.pull()


def build_router(floor: Floor, still: float = STILL) -> APIRouter:
    """Two WebSockets. `still`: see STILL."""
    router = APIRouter()

    async def watch(socket: WebSocket, way: Way) -> None:
        while await run_in_threadpool(still_signed_in, socket):
            await asyncio.sleep(still)
        way.end(SIGNED_OUT_CODE)

    @router.websocket("/desk/conversations/{number}/sound")
    async def call(
        socket: WebSocket, who: Operator, number: int, rate: int, part: Part = Part.OPERATOR
    ) -> None:
        def allowed() -> bool:
            with floor.reading() as session:
                return may_be(session, number, who, part)

        if not await run_in_threadpool(allowed):
            await socket.close(NOT_ALLOWED_CODE)
            return
        await carry(
            socket, rate, lambda browser: floor.calls.plug(number, who.name, part, browser), watch
        )

    @router.websocket("/desk/headset/sound")
    async def test(socket: WebSocket, _who: Operator) -> None:
        await socket.accept()
        way, later = Way(socket), deque[bytes]()

        def echo(octets: bytes) -> None:
            if not 0 < len(octets) <= _MOST:
                raise ValueError("no sound")
            later.append(octets)
            if len(later) > _ECHO:
                way.send(later.popleft())

        await way.run(echo, watch(socket, way))

    return router
