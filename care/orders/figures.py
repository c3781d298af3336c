"""How the orders of some days stand: for the wallboard and the report."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue
from care.orders.deadlines import Deadlines
from care.orders.model import Order
from care.orders.state import SERVED, STATES

OTHER = "其他"
"""What the catalogue doesn't have any more."""


@dataclass(frozen=True)
class Figures:
    """Orders by the day on which they are wanted."""

    by_state: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    by_field: dict[str, int] = field(default_factory=dict)
    """By the catalogue's fields, drafts and cancelled ones left out."""
    attention: int = 0
    """Those that wait for a person at the desk."""
    begun: int = 0
    on_time: int = 0
    """Of those begun: no later than the grace after their time."""
    reviewed: int = 0
    score: float | None = None
    """Mean of what elders said, 1 to 5."""
    free_minutes: int = 0
    """Of free hours, in orders that are done."""

    @property
    def on_time_share(self) -> float | None:
        """0 to 1; None while nothing has begun."""
        return self.on_time / self.begun if self.begun else None


def count(session: Session, catalogue: Catalogue, first: date, last: date) -> Figures:
    """The orders from `first` to `last`, both included."""
    of_days = Order.on.between(first, last)
    states = select(Order.state, func.count()).where(of_days).group_by(Order.state)
    services = (
        select(Order.service, func.count())
        .where(of_days, Order.state.not_in(("draft", "cancelled")))
        .group_by(Order.service)
    )
    fields: Counter[str] = Counter()
    for service, number in _numbers(session, services).items():
        fields[_field(catalogue, service)] += number
    reviewed, score = session.execute(
        select(func.count(Order.score), func.avg(Order.score)).where(of_days)
    ).one()
    waiting = select(func.count()).where(of_days, Order.attention.is_not(None))
    minutes = select(func.coalesce(func.sum(Order.free_minutes), 0)).where(
        of_days, Order.state.in_(SERVED)
    )
    begun, on_time = _punctual(session, first, last)
    return Figures(
        by_state=dict.fromkeys(STATES, 0) | _numbers(session, states),
        by_field=dict(fields),
        attention=session.scalar(waiting) or 0,
        begun=begun,
        on_time=on_time,
        reviewed=reviewed,
        score=float(score) if score is not None else None,
        free_minutes=session.scalar(minutes) or 0,
    )


def _numbers(session: Session, query: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(query)}


def _punctual(session: Session, first: date, last: date) -> tuple[int, int]:
    deadlines = Deadlines.own()
    grace = timedelta(minutes=deadlines.grace_minutes)
    rows = session.execute(
        select(Order.service, Order.on, Order.at, Order.started_at).where(
            Order.on.between(first, last), Order.started_at.is_not(None)
        )
    ).all()
    late = sum(
        started is not None and started > deadlines.moment(service, on, at) + grace
        for service, on, at, started in rows
    )
    return len(rows), len(rows) - late


def _field(catalogue: Catalogue, service: str) -> str:
    found = catalogue.find(service)
    if found is not None:
        return catalogue.fields[found.field].name
    return OTHER
