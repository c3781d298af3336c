"""Orders as the desk lists them: what needs a person, what is coming, what somebody asks about."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from care.elders.number import national
from care.orders.model import Order
from care.orders.state import AHEAD, HELD

MOST = 60
"""Orders of one list."""
_REF = 4
"""Digits of a reference."""


def coming(session: Session, today: date) -> list[Order]:
    """Open ones from today on that need nobody at the desk now, soonest first."""
    query = select(Order).where(
        Order.state.in_(AHEAD | HELD), Order.on >= today, Order.attention.is_(None)
    )
    return list(session.scalars(query.order_by(Order.on, Order.at, Order.id).limit(MOST)))


def search(session: Session, words: str) -> list[Order]:
    """By reference, by number, or by name, whatever the state; the latest first."""
    query = select(Order).where(_about(words.strip()))
    return list(session.scalars(query.order_by(Order.id.desc()).limit(MOST)))


def _about(words: str) -> ColumnElement[bool]:
    name = Order.person.contains(words, autoescape=True)
    if len(words) == _REF and words.isdecimal():
        return or_(Order.ref == words, name)
    phone = national(words)
    return Order.phone == phone if phone else name
