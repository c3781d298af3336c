"""`/desk/alert/live`: alarms, for open pages that have nothing else to keep up to date.

Such a page extends desk/floor.html.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.floor import Floor
from console.desk.live import LiveResponse, Parts, live

Operator = Annotated[SignedIn, Depends(may(Right.WORK_ALARMS))]


def build_router(floor: Floor) -> APIRouter:
    """One stream."""
    router = APIRouter(prefix="/desk/alert")

    @router.get("/live")
    async def follow(request: Request, who: Operator) -> LiveResponse:
        def render() -> Parts:
            return {}

        return live(request, who, floor, lambda topic, _key: topic == "alarm", render)

    return router
