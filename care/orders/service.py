"""Places, finds, changes and cancels orders."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.orders.model import Order, OrderEvent

_OPEN = "placed"


@dataclass(frozen=True)
class Wish:
    """What is ordered, by whom, for when and where."""

    service: str
    on: date
    place: str
    person: str
    phone: str
    at: time | None = None
    count: int = 1
    diet: str | None = None


class NoReferenceLeftError(RuntimeError):
    """All ten thousand four-digit references are in use by open orders."""


def place(session: Session, wish: Wish, *, conversation_id: int | None, now: datetime) -> Order:
    """Stores a new order under a free reference."""
    order = Order(
        ref=_free_reference(session),
        conversation_id=conversation_id,
        placed_at=now,
        **vars(wish),
    )
    session.add(order)
    session.flush()
    _event(session, order, "placed", "", now)
    return order


def wish_of(order: Order) -> Wish:
    """The order's content as a value that can be changed and stored again."""
    return Wish(
        service=order.service,
        on=order.on,
        place=order.place,
        person=order.person,
        phone=order.phone,
        at=order.at,
        count=order.count,
        diet=order.diet,
    )


def change(session: Session, order: Order, wish: Wish, now: datetime) -> None:
    """Replaces the order's content; what it was before stays in its events."""
    before = wish_of(order)
    changed = {key: value for key, value in vars(wish).items() if value != getattr(before, key)}
    for key, value in changed.items():
        setattr(order, key, value)
    note = ", ".join(f"{key}: {getattr(before, key)} → {value}" for key, value in changed.items())
    _event(session, order, "changed", note, now)


def cancel(session: Session, order: Order, now: datetime) -> None:
    """Cancels an open order; a second time does nothing."""
    if order.state == _OPEN:
        order.state = "cancelled"
        _event(session, order, "cancelled", "", now)


def upcoming(session: Session, conversation_id: int, today: date) -> list[Order]:
    """The open orders of this conversation from today on, soonest first."""
    query = select(Order).where(
        Order.conversation_id == conversation_id, Order.state == _OPEN, Order.on >= today
    )
    return list(session.scalars(query.order_by(Order.on, Order.id)))


def last_of_conversation(session: Session, conversation_id: int) -> Order | None:
    """The order that was placed last in this conversation, in whatever state."""
    query = select(Order).where(Order.conversation_id == conversation_id)
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


def moved(wish: Wish, **changes: object) -> Wish:
    """The wish with some fields replaced."""
    return replace(wish, **changes)  # type: ignore[arg-type]


def _free_reference(session: Session) -> str:
    taken = set(session.scalars(select(Order.ref).where(Order.state == _OPEN)))
    if len(taken) >= 9_000:
        raise NoReferenceLeftError("nine thousand orders are open: close those that are done")
    while True:
        ref = f"{secrets.randbelow(9000) + 1000}"
        if ref not in taken:
            return ref


def _event(session: Session, order: Order, kind: str, note: str, now: datetime) -> None:
    session.add(OrderEvent(order_id=order.id, moment=now, kind=kind, note=note))
