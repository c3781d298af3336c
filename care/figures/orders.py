"""Orders that were taken in a period, and those that fall due in it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.figures.period import Period
from care.figures.talks import count_by_step
from care.orders.model import Order
from care.orders.state import CANCELLED, DRAFT, SERVED


@dataclass(frozen=True)
class Orders:
    """A period's orders."""

    placed_by_step: tuple[int, ...]
    """Taken then, for whatever day."""
    due: dict[str, int]
    """To be done then, by the state that they are in now."""

    @property
    def placed(self) -> int:
        """All that were taken."""
        return sum(self.placed_by_step)

    @property
    def all_due(self) -> int:
        """To be done in the period, without those that were cancelled or never confirmed."""
        left_out = {CANCELLED, DRAFT}
        return sum(count for state, count in self.due.items() if state not in left_out)

    @property
    def served(self) -> int:
        """Of those, the ones that are done."""
        return sum(count for state, count in self.due.items() if state in SERVED)


def orders(session: Session, period: Period) -> Orders:
    """Taken, or due, from the period's beginning until before its end."""
    last = (period.until - timedelta(days=1)).date()
    due = (
        select(Order.state, func.count())
        .where(Order.on >= period.on, Order.on <= last)
        .group_by(Order.state)
    )
    return Orders(
        count_by_step(session, period, Order.placed_at),
        {row[0]: row[1] for row in session.execute(due)},
    )
