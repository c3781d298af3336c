"""`/desk/elders/NUMBER/hours`: the free hours of an elder's month, and what an official decided."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from care.orders import quota
from console.desk.answers import go, refuse
from console.desk.elders.shared import Changer, Reader, elder_or_404
from console.desk.floor import Floor
from console.desk.page import page

MOST = 200
"""Hours a month; more is a slip of the hand. No source knows more than 45."""


def build_router(floor: Floor) -> APIRouter:
    """A page, and its form."""
    router = APIRouter(prefix="/desk/elders/{number:int}/hours")

    @router.get("")
    def show(request: Request, _who: Reader, number: int) -> Response:
        with floor.reading() as session:
            elder = elder_or_404(session, number)
            hours = quota.left(session, number, floor.clock().date())
        return page(request, "desk/hours.html", elder=elder, hours=hours, now=floor.clock())

    @router.post("")
    def grant(
        request: Request,
        who: Changer,
        number: int,
        hours: Annotated[str, Form(max_length=8)],
        note: Annotated[str, Form(max_length=300)],
    ) -> Response:
        if not hours.isdecimal() or int(hours) > MOST:
            raise refuse(f"小时写 0 到 {MOST} 的整数。", 422)
        if not note.strip():
            raise refuse("写上凭什么定的，比如哪天的评估、哪份通知。", 422)
        now = floor.clock()
        with floor.sessions.begin() as session:
            elder_or_404(session, number)
            quota.grant(
                session,
                number,
                60 * int(hours),
                since=now.date(),
                by=who.name,
                note=note.strip(),
                now=now,
            )
        return go(request, f"/desk/elders/{number}/hours")

    return router
