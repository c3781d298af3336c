"""Standing orders: begun, paused, resumed, ended. What becomes of each day is in `coming`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from care.orders import life
from care.orders.model import Order
from care.orders.recurrence import Pattern
from care.orders.standing import OrderPause, OrderSeries
from care.orders.state import AHEAD, CANCELLED
from care.orders.steps import Act
from care.orders.wish import Wish

Festive = Literal["serve", "skip", "ask"]

_SOON = timedelta(days=7)
"""A pause that begins so soon after 又要送了 is meant by it; 春节不要 in two months isn't."""
_LATELY = timedelta(days=60)
"""What ended longer ago is ordered anew."""


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


def resume(session: Session, series_id: int, first: date) -> None:
    """It comes again from `first` on, whether it had ended or is paused then or soon after; days
    before stay left out, and so does what is planned for later.

    What was cancelled from then on stands for its day no more, so that the day can be made again
    (`coming.make`). Raises SeriesNotFoundError.
    """
    locked(session, series_id).ends = None
    near = _paused(first), OrderPause.series_id == series_id
    session.execute(delete(OrderPause).where(*near, OrderPause.first >= first))
    session.execute(update(OrderPause).where(*near).values(last=first - timedelta(days=1)))
    session.execute(
        update(Order)
        .where(Order.series_id == series_id, Order.state == CANCELLED, Order.series_day >= first)
        .values(series_day=None)
    )


def stopped(
    session: Session, on: date, *, conversation_id: int | None, elder_ids: Collection[int] = ()
) -> list[OrderSeries]:
    """What can come again from that day on: what is paused then or soon after, or has ended lately
    with nothing of its kind in its place.
    """
    paused = exists().where(OrderPause.series_id == OrderSeries.id, _paused(on))
    ended = OrderSeries.ends > on - _LATELY
    query = select(OrderSeries).where(_whose(conversation_id, elder_ids), or_(paused, ended))
    rows = list(session.scalars(query.order_by(OrderSeries.id.desc())))
    going = running(session, on, conversation_id=conversation_id, elder_ids=elder_ids)
    taken = {row.service for row in going if row.ends is None and row not in rows}
    found: dict[str, OrderSeries] = {}
    for row in rows:  # the latest of each kind
        if row.service not in taken:
            found.setdefault(row.service, row)
    return list(found.values())


def on_festivals(session: Session, series_id: int, festivals: Festive) -> OrderSeries:
    """What happens on every festival from now on; orders that were made stay as they are.

    Raises SeriesNotFoundError.
    """
    row = locked(session, series_id)
    row.festivals = festivals
    return row


def running(
    session: Session, on: date, *, conversation_id: int | None, elder_ids: Collection[int] = ()
) -> list[OrderSeries]:
    """The standing orders of this conversation, and of these elders, that haven't ended by `on`."""
    query = select(OrderSeries).where(
        _whose(conversation_id, elder_ids),
        or_(OrderSeries.ends.is_(None), OrderSeries.ends >= on),
    )
    return list(session.scalars(query.order_by(OrderSeries.id)))


def locked(session: Session, series_id: int) -> OrderSeries:
    """The row as it is now, held until the transaction ends. Raises SeriesNotFoundError."""
    query = select(OrderSeries).where(OrderSeries.id == series_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise SeriesNotFoundError(f"no standing order has the number {series_id}")
    return found


def _whose(conversation_id: int | None, elder_ids: Collection[int]) -> ColumnElement[bool]:
    return or_(OrderSeries.conversation_id == conversation_id, OrderSeries.elder_id.in_(elder_ids))


def _paused(on: date) -> ColumnElement[bool]:
    return and_(OrderPause.last >= on, OrderPause.first <= on + _SOON)


def _cancel(session: Session, series_id: int, days: ColumnElement[bool], act: Act) -> list[Order]:
    query = select(Order.id).where(Order.series_id == series_id, Order.state.in_(AHEAD), days)
    return [life.cancel(session, number, act) for number in session.scalars(query).all()]
