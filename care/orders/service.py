"""Places, finds, changes and cancels orders; what happens to them then is in `life`."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from care.elders.model import Elder
from care.orders.attention import ASK_ELDER
from care.orders.deadlines import Deadlines
from care.orders.life import cancel as end_unwanted
from care.orders.model import Order, OrderEvent
from care.orders.quote import NO_QUOTE, Quote
from care.orders.state import AHEAD, DRAFT, FINAL, HELD, PLACED
from care.orders.steps import Act, OrderStateError, locked, record, release
from care.orders.wish import Wish, wish_of

__all__ = [
    "Act",
    "OrderStateError",
    "Wish",
    "cancel",
    "change",
    "draft",
    "events",
    "exists",
    "find",
    "find_own",
    "last_of_conversation",
    "place",
    "upcoming",
    "wish_of",
]

_SCHEDULED = ("service", "on", "at", "count", "way", "canteen_id", "region")
"""What a provider accepted: with another, somebody has to accept anew."""
_TRIES = 20


def place(
    session: Session,
    wish: Wish,
    *,
    conversation_id: int | None,
    now: datetime,
    quote: Quote = NO_QUOTE,
    by: str = "caller",
    how: str = "",
) -> Order:
    """Stores a new order, to be offered to providers at once.

    `quote`: what was said of money, of the same transaction.
    """
    order = _new(session, wish, conversation_id, now)
    order.due_at = now
    return _stored(session, order, quote, "placed", Act(by, now, how))


def draft(
    session: Session,
    wish: Wish,
    *,
    conversation_id: int | None,
    now: datetime,
    quote: Quote = NO_QUOTE,
    by: str = "caller",
    how: str = "",
) -> Order:
    """As `place`, for one that the elder has to confirm first; it lapses the day before."""
    order = _new(session, wish, conversation_id, now)
    order.state, order.attention = DRAFT, ASK_ELDER
    order.due_at = Deadlines.own().lapses(order)
    return _stored(session, order, quote, "drafted", Act(by, now, how))


def change(
    session: Session,
    order: Order,
    wish: Wish,
    now: datetime,
    *,
    quote: Quote = NO_QUOTE,
    by: str = "caller",
    how: str = "",
) -> Order:
    """Replaces the order's content; what it was before stays in its events.

    With another day, hour, service, number, way, canteen or region the provider that had it doesn't
    any more, and what was quoted counts no longer: `quote` does. A draft waits for its yes until
    the eve of its new day. Raises OrderStateError once the work has begun.
    """
    order = locked(session, order.id)
    if order.state not in AHEAD:
        raise OrderStateError(order, "changed")
    before = wish_of(order)
    changed = {key: value for key, value in vars(wish).items() if value != getattr(before, key)}
    if not changed:
        return order
    act = Act(by, now, how)
    if changed.keys() & set(_SCHEDULED):
        if order.state in HELD:
            day = f"{order.on.month}月{order.on.day}日"
            was = f"{day} {order.at:%H:%M}" if order.at else day
            release(session, order, "changed", replace(act, note=was))
            order.state = PLACED
        _keep(order, quote)
    for key, value in changed.items():
        setattr(order, key, value)
    if order.state == PLACED:
        order.attention, order.due_at = None, now
    elif order.state == DRAFT:
        order.due_at = Deadlines.own().lapses(order)
    note = ", ".join(f"{key}: {getattr(before, key)} → {value}" for key, value in changed.items())
    record(session, order, "changed", act, note=note)
    return order


def cancel(
    session: Session, order: Order, now: datetime, *, by: str = "caller", how: str = ""
) -> Order:
    """Cancels an order; a second time does nothing.

    Raises OrderStateError once the work has begun, or is done.
    """
    return end_unwanted(session, order.id, Act(by, now, how))


def upcoming(
    session: Session, conversation_id: int, today: date, elder_ids: Collection[int] = ()
) -> list[Order]:
    """The open orders of this conversation, and of these elders, from today on, soonest first."""
    whose = _whose(conversation_id, elder_ids)
    query = select(Order).where(whose, Order.state.in_(AHEAD | HELD), Order.on >= today)
    return list(session.scalars(query.order_by(Order.on, Order.id)))


def last_of_conversation(
    session: Session, conversation_id: int, elder_ids: Collection[int] = ()
) -> Order | None:
    """The order that was placed last in this conversation or for these elders, in any state."""
    query = select(Order).where(_whose(conversation_id, elder_ids))
    return session.scalar(query.order_by(Order.id.desc()).limit(1))


def find(session: Session, ref: str, phone: str) -> Order | None:
    """The latest order by its reference and the phone number left with it, in whatever state.

    Both are needed: four digits alone would show a stranger where an old person lives.
    """
    query = select(Order).where(Order.ref == ref, Order.phone == phone)
    return session.scalar(query.order_by(Order.id.desc()).limit(1))


def find_own(session: Session, ref: str, conversation_id: int) -> Order | None:
    """The latest order of this reference that this conversation placed, in whatever state."""
    query = select(Order).where(Order.ref == ref, Order.conversation_id == conversation_id)
    return session.scalar(query.order_by(Order.id.desc()).limit(1))


def exists(session: Session, ref: str) -> bool:
    """Whether any order has this reference; tells nothing about it."""
    return session.scalar(select(Order.id).where(Order.ref == ref).limit(1)) is not None


def events(session: Session, order: Order) -> list[OrderEvent]:
    """The order's course, oldest first."""
    query = select(OrderEvent).where(OrderEvent.order_id == order.id)
    return list(session.scalars(query.order_by(OrderEvent.id)))


def _whose(conversation_id: int, elder_ids: Collection[int]) -> ColumnElement[bool]:
    return or_(Order.conversation_id == conversation_id, Order.elder_id.in_(elder_ids))


def _new(session: Session, wish: Wish, conversation_id: int | None, now: datetime) -> Order:
    if wish.region is None and wish.elder_id is not None:
        wish = replace(wish, region=session.get_one(Elder, wish.elder_id).region)
    return Order(
        ref=_free_reference(session, wish.phone),
        conversation_id=conversation_id,
        placed_at=now,
        **vars(wish),
    )


def _stored(session: Session, order: Order, quote: Quote, step: str, act: Act) -> Order:
    _keep(order, quote)
    session.add(order)
    session.flush()
    record(session, order, step, act)
    return order


def _keep(order: Order, quote: Quote) -> None:
    order.price, order.subsidy, order.free_minutes = quote.price, quote.subsidy, quote.free_minutes
    order.quoted_from = quote.source


def _free_reference(session: Session, phone: str) -> str:
    """One that no open order has; where nearly all are in use, one that this number's don't."""
    for tried in range(10 * _TRIES):
        ref = f"{secrets.randbelow(9000) + 1000}"
        taken = select(Order.id).where(Order.ref == ref, Order.state.not_in(FINAL))
        if tried >= _TRIES:
            taken = taken.where(Order.phone == phone)
        if session.scalar(taken.limit(1)) is None:
            return ref
    raise RuntimeError("one telephone number has more open orders than there are references")
