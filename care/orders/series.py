"""Standing orders: begun, paused, ended. What becomes of each day is in `coming`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from care.orders import life
from care.orders.model import Order
from care.orders.recurrence import Pattern
from care.orders.standing import OrderPause, OrderSeries
from care.orders.state import AHEAD
from care.orders.steps import Act
from care.orders.wish import Wish

Festive = Literal["serve", "skip", "ask"]


@dataclass(frozen=True)
class Span:
    """Days, both ends included. Raises ValueError when it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a span from {self.first} can't end on {self.last}")


class SeriesNotFoundError(LookupError):
    """No standing order has this number."""


def begin(
    session: Session,
    wish: Wish,
    pattern: Pattern,
    *,
    conversation_id: int | None,
    now: datetime,
    festivals: Festive = "ask",
) -> OrderSeries:
    """Keeps a standing order; `wish.on` is the first day on which it may come."""
    content = {name: value for name, value in vars(wish).items() if name != "on"}
    row = OrderSeries(
        conversation_id=conversation_id,
        pattern=str(pattern),
        begins=wish.on,
        festivals=festivals,
        made_at=now,
        **content,
    )
    session.add(row)
    session.flush()
    return row


def wish_for(series: OrderSeries, on: date) -> Wish:
    """What is ordered for one day of it."""
    names = Wish.__dataclass_fields__.keys() - {"on"}
    return Wish(on=on, **{name: getattr(series, name) for name in names})


def pause(session: Session, series_id: int, span: Span, act: Act) -> list[Order]:
    """It doesn't come on these days; the orders that were made for them are cancelled and given
    back. Those that have begun go on. Raises SeriesNotFoundError.
    """
    locked(session, series_id)
    session.add(
        OrderPause(
            series_id=series_id, first=span.first, last=span.last, made_at=act.now, by=act.by
        )
    )
    return _cancel(session, series_id, Order.on.between(span.first, span.last), act)


def end(session: Session, series_id: int, last: date, act: Act) -> list[Order]:
    """It comes until `last` and never again; what was made for later days is cancelled.

    Raises SeriesNotFoundError.
    """
    locked(session, series_id).ends = last
    return _cancel(session, series_id, Order.on > last, act)


def running(
    session: Session, on: date, *, conversation_id: int | None, elder_ids: Collection[int] = ()
) -> list[OrderSeries]:
    """The standing orders of this conversation, and of these elders, that haven't ended by `on`."""
    whose = or_(OrderSeries.conversation_id == conversation_id, OrderSeries.elder_id.in_(elder_ids))
    query = select(OrderSeries).where(
        whose, or_(OrderSeries.ends.is_(None), OrderSeries.ends >= on)
    )
    return list(session.scalars(query.order_by(OrderSeries.id)))


def locked(session: Session, series_id: int) -> OrderSeries:
    """The row as it is now, held until the transaction ends. Raises SeriesNotFoundError."""
    query = select(OrderSeries).where(OrderSeries.id == series_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise SeriesNotFoundError(f"no standing order has the number {series_id}")
    return found


def _cancel(session: Session, series_id: int, days: ColumnElement[bool], act: Act) -> list[Order]:
    query = select(Order.id).where(Order.series_id == series_id, Order.state.in_(AHEAD), days)
    return [life.cancel(session, number, act) for number in session.scalars(query).all()]
