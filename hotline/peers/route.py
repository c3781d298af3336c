"""`/peers/…`: what other processes do in the calls of this one; anybody else is answered 404."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response, WebSocket, status
from starlette.requests import HTTPConnection

from console.desk.calls import Calls, NotInCallError
from console.desk.sound_socket import carry
from hotline.peers.asked import SOUND, STEPS, Asked, Lines, Look, Sound, Step, do
from hotline.peers.ticket import TicketError, Tickets


def build_router(calls: Calls, tickets: Tickets) -> APIRouter:
    """`calls`: those of this process."""
    router = APIRouter(include_in_schema=False)

    def asked(request: Request) -> Look | Step:
        try:
            found = _ticket(request, tickets)
        except TicketError as error:
            raise HTTPException(status.HTTP_404_NOT_FOUND) from error
        if isinstance(found, Sound):
            raise HTTPException(status.HTTP_404_NOT_FOUND)
        return found

    @router.post(STEPS)
    def step(what: Annotated[Look | Step, Depends(asked)]) -> Response:
        if isinstance(what, Look):
            return Response(Lines.dump_json(dict(calls.lines())), media_type="application/json")
        try:
            do(calls, what)
        except NotInCallError as error:
            raise HTTPException(status.HTTP_410_GONE) from error
        return Response(status_code=status.HTTP_204_NO_CONTENT)

    @router.websocket(SOUND)
    async def sound(socket: WebSocket) -> None:
        try:
            what = _ticket(socket, tickets)
        except TicketError:
            what = None
        if not isinstance(what, Sound):
            await socket.close()
            return
        conversation, name, part = what.conversation, what.name, what.part
        await carry(
            socket, what.rate, lambda browser: calls.plug(conversation, name, part, browser)
        )

    return router


def _ticket(connection: HTTPConnection, tickets: Tickets) -> Asked:
    return tickets.read(connection.headers.get("authorization", "").removeprefix("Bearer "))
