"""`/desk/reveal/KIND/NUMBER`: asks why, then shows a number in full; parts of any page.

`masked_number` in desk/parts.html is the button that begins it.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from care.operators.refused import RefusedError
from care.operators.reveal import MOST_WHY, Record, reveal
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.desk import desk_of
from console.desk.page import page

Revealer = Annotated[SignedIn, Depends(may(Right.REVEAL_NUMBERS))]


def build_router() -> APIRouter:
    """The question, and the answer."""
    router = APIRouter()

    @router.get("/desk/reveal/{record}/{number}")
    def ask(request: Request, _who: Revealer, record: Record, number: int) -> Response:
        return _ask(request, record, number)

    @router.post("/desk/reveal/{record}/{number}")
    def show(
        request: Request,
        who: Revealer,
        record: Record,
        number: int,
        why: Annotated[str, Form(max_length=MOST_WHY * 2)] = "",
    ) -> Response:
        desk = desk_of(request)
        try:
            with desk.sessions.begin() as session:
                found = reveal(session, who, record, number, why=why, now=desk.clock())
        except RefusedError as error:
            return _ask(request, record, number, error)
        return page(request, "desk/number.html", record=record, number=number, digits=found)

    return router


def _ask(
    request: Request, record: Record, number: int, error: RefusedError | None = None
) -> Response:
    return page(
        request,
        "desk/number_why.html",
        422 if error else 200,
        record=record,
        number=number,
        most=MOST_WHY,
        problem=str(error) if error else "",
    )
