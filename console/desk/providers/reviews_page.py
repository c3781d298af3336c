"""`/desk/complaints/reviews`: what is done and not judged yet, for operators who telephone."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from care.orders.life import Act, OrderNotFoundError, OrderStateError
from care.orders.state import SERVED
from care.satisfaction import service as satisfaction
from care.satisfaction.words import Heard
from console.desk.answers import refuse
from console.desk.page import page
from console.desk.providers.shared import Operator, ProviderDesk

HERE = "/desk/complaints/reviews"
MOST = 50
"""How many are listed, the latest done first."""
NOT_DONE = "none"


class ReviewForm(BaseModel):
    """What the elder said on the telephone."""

    score: str = Field("", max_length=4)
    """1 to 5, or NOT_DONE."""
    words: str = Field("", max_length=300)
    csrf_token: str = ""


def build_router(desk: ProviderDesk) -> APIRouter:
    """The list, and one judgement."""
    router = APIRouter()

    @router.get(HERE)
    def waiting(request: Request, _who: Operator) -> Response:
        with desk.floor.reading() as session:
            orders = satisfaction.unjudged(session, count=MOST)
        now = desk.floor.clock()
        context = {"orders": orders, "catalogue": desk.catalogue, "now": now}
        return page(request, "desk/providers/reviews.html", **context)

    @router.post(f"{HERE}/{{number:int}}")
    def judge(who: Operator, number: int, form: Annotated[ReviewForm, Form()]) -> Response:
        if form.score != NOT_DONE and form.score not in {"1", "2", "3", "4", "5"}:
            raise refuse("选几分，再记下来。", 400)
        heard = Heard(None if form.score == NOT_DONE else int(form.score))
        act = Act(who.name, desk.floor.clock(), "desk")
        try:
            with desk.floor.sessions.begin() as session:
                made = satisfaction.keep(session, number, heard, form.words.strip(), act)
                goes = f"/desk/complaints/{made.id}" if made else HERE
        except OrderNotFoundError as error:
            raise refuse("没有这个订单。", 404) from error
        except OrderStateError as error:
            told = "已经评过了" if error.state in SERVED else "还没做完"
            raise refuse(f"这个订单{told}，不能再评。") from error
        return RedirectResponse(goes, 303)

    return router
