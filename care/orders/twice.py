"""Notices that somebody would get the same meal twice."""

from sqlalchemy import or_, select, text
from sqlalchemy.orm import Session

from care.elders.sounding import sound_key
from care.orders.model import Order
from care.orders.state import AHEAD, HELD, SERVED
from care.orders.wish import Wish
from care.providers.slot import MEALS

_COUNTS = AHEAD | HELD | SERVED
"""States of an order that somebody eats, has eaten, or may still say yes to."""


def ordered_already(session: Session, wish: Wish, instead_of: Order | None = None) -> Order | None:
    """Another order of the same elder for that meal of that day; None where there is none, and for
    whatever is no meal.

    The same elder is who has the same record, or, where one of the two orders knows none, the same
    number and a name that sounds the same: two who share a telephone are two. `instead_of`: the
    order that becomes `wish`.
    """
    if wish.service not in MEALS:
        return None
    whose = [Order.phone == wish.phone]
    if wish.elder_id is not None:
        whose.append(Order.elder_id == wish.elder_id)
    query = select(Order).where(
        Order.on == wish.on,
        Order.service == wish.service,
        Order.state.in_(_COUNTS),
        or_(*whose),
    )
    if instead_of is not None:
        query = query.where(Order.id != instead_of.id)
    found = session.scalars(query.order_by(Order.id))
    return next((order for order in found if _is_same(order, wish)), None)


def hold(session: Session, wish: Wish) -> None:
    """Lets nobody else look whether this meal is ordered until the transaction ends: of two who
    order it at once the second finds the first. Where an order is held as well, that comes first
    (care.orders.steps.locked).

    SQLite's transactions have the whole database to themselves from their beginning.
    """
    if wish.service not in MEALS or session.get_bind().dialect.name != "postgresql":
        return
    whose = [wish.phone] if wish.elder_id is None else [f"elder {wish.elder_id}", wish.phone]
    for each in whose:
        key = f"{wish.on} {wish.service} {each}"
        session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key}
        )


def _is_same(order: Order, wish: Wish) -> bool:
    if order.elder_id is not None and wish.elder_id is not None:
        return order.elder_id == wish.elder_id
    return order.phone == wish.phone and sound_key(order.person) == sound_key(wish.person)
