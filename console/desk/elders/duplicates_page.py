"""`/desk/elders/duplicates`: records that may be of one person, side by side."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from care.canteens.menu import recheck
from care.desk.leaving import hold
from care.elders.duplicates import AT_ONCE, pairs
from care.elders.field import FIELDS
from care.elders.merging import NotTwoError, merge
from care.orders.steps import Act
from console.desk.answers import refuse
from console.desk.elders.record_page import HOW
from console.desk.elders.shared import Changer, elder_or_404
from console.desk.floor import Floor
from console.desk.page import page

Number = Annotated[int, Form()]


def build_router(floor: Floor) -> APIRouter:
    """The list, two beside each other, and the merging."""
    router = APIRouter(prefix="/desk/elders")

    @router.get("/duplicates")
    def listed(request: Request, _who: Changer) -> Response:
        with floor.reading() as session:
            found = pairs(session)
        today = floor.clock().date()
        context = {"pairs": found, "most": AT_ONCE, "today": today}
        return page(request, "desk/elders/duplicates.html", **context)

    @router.get("/merge")
    def beside(request: Request, _who: Changer, first: int, second: int) -> Response:
        with floor.reading() as session:
            both = (elder_or_404(session, first), elder_or_404(session, second))
        return page(request, "desk/elders/merge.html", both=both, fields=FIELDS)

    @router.post("/merge")
    def join(who: Changer, kept: Number, other: Number) -> Response:
        with floor.sessions.begin() as session:
            act = Act(who.name, floor.clock(), HOW)
            for number in sorted((kept, other)):
                hold(session, number, act.now.date())
            rows = (elder_or_404(session, kept), elder_or_404(session, other))
            try:
                merge(session, *rows, by=act.by, now=act.now)
            except NotTwoError as error:
                raise refuse("要两份不同的、还在用的档案。") from error
            recheck(session, kept, act)
        return RedirectResponse(f"/desk/elders/{kept}?done=merged", 303)

    return router
