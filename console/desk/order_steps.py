"""`/desk/orders/NUMBER/…`: what an operator does with an order that needs a person."""

from datetime import time
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from care.catalogue.service import Catalogue
from care.desk import order_told
from care.desk.order_dispatch import give
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.orders import life
from care.orders.booking import FullError
from care.orders.steps import Act
from care.satisfaction import service as satisfaction
from console.desk.access import may
from console.desk.answers import go, refuse
from console.desk.floor import Floor
from console.desk.one_step import Refusals, one_step

HOW = "desk"

Operator = Annotated[SignedIn, Depends(may(Right.WORK_ORDERS))]
Note = Annotated[str, Form(max_length=300)]
Provider = Annotated[int, Form()]
At = Annotated[time, Form()]

_MOMENTS = {
    "not_yet": "这个时间还没到，写已经过去的钟点。",
    "too_early": "这个时间太早了：开始不会早过下单，做完不会早过开始。",
}

_REFUSALS: Refusals = {
    life.OrderNotFoundError: lambda _error: refuse("没有这个订单。", 404),
    life.OrderStateError: lambda _error: refuse("这个订单刚才变了，回去看看现在到哪一步。"),
    life.OrderElsewhereError: lambda _error: refuse("这个订单已经不在这家了，回去看看。"),
    order_told.MomentError: lambda error: refuse(_MOMENTS[error.code]),
    FullError: lambda _error: refuse("这家这个时段已经满了，换一家。"),
}


def build_router(floor: Floor, catalogue: Catalogue) -> APIRouter:
    """One route a step; each leads back to the order."""
    router = APIRouter(prefix="/desk/orders/{number}")

    def act(who: SignedIn, note: str = "") -> Act:
        return Act(who.name, floor.clock(), HOW, note.strip())

    def told(who: SignedIn, note: str) -> Act:
        if not note.strip():
            raise refuse("写上是谁说的。")
        return Act(who.name, floor.clock(), order_told.HOW, note.strip())

    def back(request: Request, number: int) -> Response:
        return go(request, f"/desk/orders/{number}")

    @router.post("/confirm")
    def confirm(request: Request, who: Operator, number: int) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            life.confirm(session, number, act(who))
        return back(request, number)

    @router.post("/give")
    def give_to(
        request: Request, who: Operator, number: int, provider: Annotated[int, Form()]
    ) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            give(session, number, provider, act(who))
        return back(request, number)

    @router.post("/reassign")
    def reassign(request: Request, who: Operator, number: int, note: Note = "") -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            life.reassign(session, number, act(who, note))
        return back(request, number)

    @router.post("/accepted")
    def accepted(
        request: Request, who: Operator, number: int, provider: Provider, note: Note = ""
    ) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            order_told.accepted(session, number, provider, told(who, note))
        return back(request, number)

    @router.post("/started")
    def started(
        request: Request, who: Operator, number: int, *, provider: Provider, at: At, note: Note = ""
    ) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            order_told.started(session, number, provider, _local(at), told(who, note))
        return back(request, number)

    @router.post("/finished")
    def finished(
        request: Request, who: Operator, number: int, *, provider: Provider, at: At, note: Note = ""
    ) -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            act = told(who, note)
            order = order_told.finished(session, number, provider, _local(at), act)
            satisfaction.ask(session, order, catalogue.say(order.service), act.now)
        return back(request, number)

    @router.post("/no-show")
    def no_show(request: Request, who: Operator, number: int, note: Note = "") -> Response:
        with one_step(floor.sessions, _REFUSALS) as session:
            life.no_show(session, number, act(who, note))
        return back(request, number)

    return router


def _local(at: time) -> time:
    """As a browser's field gives it; whoever sends a zone doesn't get it."""
    return at.replace(tzinfo=None)
