"""`/desk/conversations/NUMBER/offers`: what may help with what was said last, beside the talk."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from care.desk.offers import offers
from care.desk.view import view
from care.knowledge.document import Document
from care.knowledge.index import CardIndex
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.answers import refuse
from console.desk.floor import Floor
from console.desk.page import page

Operator = Annotated[SignedIn, Depends(may(Right.TAKE_CALLERS))]


def build_router(floor: Floor, index: CardIndex, documents: Mapping[str, Document]) -> APIRouter:
    """One part of the conversation's page, which asks for it after every utterance."""
    router = APIRouter()

    @router.get("/desk/conversations/{number}/offers")
    def show(request: Request, _who: Operator, number: int) -> Response:
        with floor.reading() as session:
            seen = view(session, number, floor.words, floor.clock())
        if seen is None:
            raise refuse("没有这个对话。", 404)
        found = offers(seen, floor.words, index, documents)
        return page(request, "desk/conversation/offers.html", offers=found, number=number)

    return router
