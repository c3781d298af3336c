"""Orders that a person at the desk has to see to, and why."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.orders.model import Order

NOBODY = "nobody"
"""需要派单: no provider took it, or none is left to be asked."""
NOT_STARTED = "not_started"
"""Its time is over, and nobody has begun: telephone both."""
NOT_FINISHED = "not_finished"
"""Begun long ago: forgotten, or something happened."""
ASK_ELDER = "ask_elder"
"""A draft of a standing order on a festival: does the elder want it?"""
ALLERGY = "allergy"
"""The menu has what the elder must not eat: they are asked before anybody cooks."""
TOO_LATE = "too_late"
"""Its time came before anybody had it."""

REASONS = (ALLERGY, NOBODY, TOO_LATE, NOT_STARTED, NOT_FINISHED, ASK_ELDER)
"""The most pressing first."""


def needing(session: Session) -> list[Order]:
    """What waits for a person at the desk, soonest service first."""
    query = select(Order).where(Order.attention.is_not(None))
    return list(session.scalars(query.order_by(Order.on, Order.at, Order.id)))
