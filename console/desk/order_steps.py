"""`/desk/orders/NUMBER/…`: what an operator does with an order that needs a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.orm import Session

from care.desk.order_dispatch import give
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.orders import life
from care.orders.booking import FullError
from care.orders.steps import Act
from console.desk.access import may
from console.desk.answers import go, refuse
from console.desk.floor import Floor

HOW = "desk"

Operator = Annotated[SignedIn, Depends(may(Right.WORK_ORDERS))]
Note = Annotated[str, Form(max_length=300)]


def build_router(floor: Floor) -> APIRouter:
    """One route a step; each leads back to the order."""
    router = APIRouter(prefix="/desk/orders/{number}")

    def act(who: SignedIn, note: str = "") -> Act:
        return Act(who.name, floor.clock(), HOW, note.strip())

    def back(request: Request, number: int) -> Response:
        return go(request, f"/desk/orders/{number}")

    @router.post("/confirm")
    def confirm(request: Request, who: Operator, number: int) -> Response:
        with _step(floor) as session:
            life.confirm(session, number, act(who))
        return back(request, number)

    @router.post("/give")
    def give_to(
        request: Request, who: Operator, number: int, provider: Annotated[int, Form()]
    ) -> Response:
        with _step(floor) as session:
            give(session, number, provider, act(who))
        return back(request, number)

    @router.post("/reassign")
    def reassign(request: Request, who: Operator, number: int, note: Note = "") -> Response:
        with _step(floor) as session:
            life.reassign(session, number, act(who, note))
        return back(request, number)

    @router.post("/no-show")
    def no_show(request: Request, who: Operator, number: int, note: Note = "") -> Response:
        with _step(floor) as session:
            life.no_show(session, number, act(who, note))
        return back(request, number)

    return router


@contextmanager
def _step(floor: Floor) -> Iterator[Session]:
    """A transaction around one step; one sentence when it can't be taken."""
    try:
        with floor.sessions.begin() as session:
            yield session
    except life.OrderNotFoundError as error:
        raise refuse("没有这个订单。", 404) from error
    except life.OrderStateError as error:
        raise refuse("这个订单刚才变了，回去看看现在到哪一步。") from error
    except FullError as error:
        raise refuse("这家这个时段已经满了，换一家。") from error
