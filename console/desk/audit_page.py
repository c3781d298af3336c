"""`/desk/audit`: who signed in or changed an account, and who read which number in full."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from care.operators import events, reveal
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.desk import desk_of
from console.desk.page import page

ROWS = 50

Auditor = Annotated[SignedIn, Depends(may(Right.SEE_AUDIT))]
Before = Annotated[int | None, Query(ge=1)]


def build_router() -> APIRouter:
    """Two lists, newest first, a page at a time."""
    router = APIRouter()

    @router.get("/desk/audit")
    def accounts(request: Request, _who: Auditor, before: Before = None) -> Response:
        with desk_of(request).reading() as session:
            rows = events.latest(session, count=ROWS + 1, before=before)
        return page(
            request,
            "desk/audit.html",
            rows=rows[:ROWS],
            labels=events.labels(),
            before=rows[ROWS - 1][0].id if len(rows) > ROWS else None,
        )

    @router.get("/desk/audit/numbers")
    def numbers(request: Request, _who: Auditor, before: Before = None) -> Response:
        with desk_of(request).reading() as session:
            rows = reveal.latest(session, count=ROWS + 1, before=before)
        return page(
            request,
            "desk/audit_numbers.html",
            rows=rows[:ROWS],
            before=rows[ROWS - 1].entry.id if len(rows) > ROWS else None,
        )

    return router
