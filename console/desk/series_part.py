"""The part of an order's page about the standing order that it belongs to."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.orders import series
from care.orders.model import Order
from care.orders.pattern_words import say
from care.orders.recurrence import Pattern
from care.orders.series import Festive
from care.orders.standing import OrderPause, OrderSeries
from console.desk.access import may
from console.desk.answers import go, refuse
from console.desk.floor import Floor

Operator = Annotated[SignedIn, Depends(may(Right.WORK_ORDERS))]


@dataclass(frozen=True)
class SeriesPart:
    """What is shown."""

    days: str
    """In words: 每天."""
    ends: date | None
    festivals: str
    pauses: tuple[OrderPause, ...]


def series_part(session: Session, order: Order) -> SeriesPart | None:
    """Of the standing order; None for one that comes once."""
    row = session.get(OrderSeries, order.series_id) if order.series_id else None
    if row is None:
        return None
    query = select(OrderPause).where(OrderPause.series_id == row.id, OrderPause.last >= order.on)
    pauses = session.scalars(query.order_by(OrderPause.first))
    return SeriesPart(say(Pattern.parse(row.pattern)), row.ends, row.festivals, tuple(pauses))


def build_router(floor: Floor) -> APIRouter:
    """What an operator settles for all its days."""
    router = APIRouter(prefix="/desk/orders/{number}")

    @router.post("/festivals")
    def festivals(
        request: Request, _who: Operator, number: int, festivals: Annotated[Festive, Form()]
    ) -> Response:
        with floor.sessions.begin() as session:
            order = session.get(Order, number)
            if order is None or order.series_id is None:
                raise refuse("这个订单不是固定的单子。", 404)
            series.on_festivals(session, order.series_id, festivals)
        return go(request, f"/desk/orders/{number}")

    return router
