"""Providers that an operator can ask for an order (派单), and what they said so far."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.canteens.places import capacity
from care.orders import booking
from care.orders.dispatch import candidates, offer_to
from care.orders.life import reassign
from care.orders.model import Order, OrderOffer
from care.orders.state import HELD, OFFERED, PLACED, UNDER_WAY
from care.orders.steps import Act, locked
from care.providers.model import Provider


@dataclass(frozen=True)
class Choice:
    """A provider that serves the place and the day."""

    provider: Provider
    left: int
    """Places that are free in the order's slot."""
    answer: str | None
    """What it said when it was asked last: an answer of care.orders.model.OrderOffer."""


def choices(session: Session, order: Order) -> list[Choice]:
    """Whom an order can be given to, best first; empty for one that no longer waits for anybody."""
    if order.state not in (HELD | {PLACED}) - {UNDER_WAY}:
        return []
    asked = dict(_answers(session, order))
    return [
        Choice(
            provider,
            capacity(session, order, provider.id) - booking.taken(session, order, provider.id),
            asked.get(provider.id),
        )
        for provider in candidates(session, order)
        if provider.id != order.provider_id
    ]


def give(session: Session, number: int, provider_id: int, act: Act) -> Order:
    """Asks this provider, whoever has it now. Raises care.orders.booking.FullError,
    OrderStateError."""
    order = locked(session, number)
    if order.provider_id == provider_id and order.state == OFFERED:
        return order
    if order.state in HELD:
        reassign(session, number, act)
    offer_to(session, order, provider_id, act)
    return order


def _answers(session: Session, order: Order) -> list[tuple[int, str | None]]:
    query = select(OrderOffer).where(OrderOffer.order_id == order.id).order_by(OrderOffer.id)
    return [(row.provider_id, row.answer) for row in session.scalars(query)]
