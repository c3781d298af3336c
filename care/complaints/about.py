"""Which order a complaint that was said is about, where that is sure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from care.complaints.model import Complaint
from care.complaints.words import Words
from care.orders.model import Order
from care.orders.state import ACCEPTED, NO_SHOW, SERVED, UNDER_WAY
from care.providers.slot import MEALS

_LATELY = timedelta(days=7)
_SAME_TALK = timedelta(minutes=30)
_COMPLAINED_OF = SERVED | {ACCEPTED, UNDER_WAY, NO_SHOW}
"""A provider has it, or had it."""


def order_meant(
    session: Session,
    text: str,
    service: str | None,
    *,
    conversation_id: int,
    elder_ids: Collection[int],
    now: datetime,
) -> Order | None:
    """The last order of these people that the words fit: the named `service`, or a meal where they
    speak of food. Without either only the single one that there was lately. None: not sure.
    """
    today = now.date()
    whose = or_(Order.conversation_id == conversation_id, Order.elder_id.in_(elder_ids))
    query = (
        select(Order)
        .where(whose, Order.state.in_(_COMPLAINED_OF), Order.on.between(today - _LATELY, today))
        .order_by(Order.on.desc(), Order.at.desc(), Order.id.desc())
    )
    found = list(session.scalars(query))
    if service is not None:
        fits = [order for order in found if order.service == service]
    elif Words.own().is_of_meals(text):
        fits = [order for order in found if order.service in MEALS]
    else:
        fits = found if len(found) == 1 else []
    return fits[0] if fits else None


def still_open_here(session: Session, conversation_id: int, now: datetime) -> Complaint | None:
    """The case that was made in this conversation a moment ago: more of the same belongs to it."""
    query = select(Complaint).where(
        Complaint.conversation_id == conversation_id,
        Complaint.state != "closed",
        Complaint.made_at > now - _SAME_TALK,
    )
    return session.scalar(query.order_by(Complaint.id.desc()).limit(1))
