"""`/desk/headset`: tries microphone and headphones before the first caller."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.floor import Floor
from console.desk.page import page

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]


def build_router(_floor: Floor) -> APIRouter:
    """The page; its sound goes over a WebSocket of console.desk.sound_socket."""
    router = APIRouter()

    @router.get("/desk/headset")
    def headset(request: Request, _who: Operator) -> Response:
        return page(request, "desk/headset.html")

    return router
