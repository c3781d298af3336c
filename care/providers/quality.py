"""How good a provider is: one number from 0 to 100, worked out each hour for half a year back.

    60 % satisfaction: the mean of the elders' scores, 1 → 0 and 5 → 100
    25 % punctuality: the share of orders begun at most 15 minutes late
    15 % complaints: 100 less 10 for each complaint that was upheld in a hundred orders

Few orders say little: each part counts ten orders more than there were, with the usual 80.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.complaints.model import Complaint
from care.orders.deadlines import Deadlines
from care.orders.model import Order
from care.orders.state import SERVED
from care.providers.model import Provider
from care.stopping import Stopped, never
from care.storage.engine import Sessions, readers

WINDOW = timedelta(days=183)
LATE = timedelta(minutes=15)
USUAL = 80
_WEIGHT = 10
"""Orders' worth of the usual in each part."""


@dataclass(frozen=True)
class Figures:
    """What is known of one provider's half year."""

    served: int = 0
    scores: int = 0
    """How many were scored."""
    score_sum: int = 0
    punctual: int = 0
    upheld: int = 0
    """Complaints that were found right, wholly or in part."""

    @property
    def quality(self) -> int:
        """0 to 100."""
        satisfaction = _blend(25 * (self.score_sum - self.scores), self.scores)
        punctuality = _blend(100 * self.punctual, self.served)
        spared = max(0, 100 * self.served - 1000 * self.upheld)
        calm = _blend(spared, self.served)
        return round(0.6 * satisfaction + 0.25 * punctuality + 0.15 * calm)


def figures(session: Session, provider_id: int, now: datetime) -> Figures:
    """The provider's half year up to now."""
    deadlines = Deadlines.own()
    rows = session.execute(
        select(Order.service, Order.on, Order.at, Order.started_at, Order.score).where(
            Order.provider_id == provider_id,
            Order.state.in_(SERVED),
            Order.done_at > now - WINDOW,
        )
    ).all()
    scores = [row.score for row in rows if row.score is not None]
    punctual = sum(
        row.started_at is not None
        and row.started_at <= deadlines.moment(row.service, row.on, row.at) + LATE
        for row in rows
    )
    upheld = session.scalar(
        select(func.count()).where(
            Complaint.provider_id == provider_id,
            Complaint.outcome.in_(("upheld", "partly")),
            Complaint.made_at > now - WINDOW,
        )
    )
    return Figures(len(rows), len(scores), sum(scores), punctual, upheld or 0)


def refresh(sessions: Sessions, now: datetime, stopped: Stopped = never) -> int:
    """Works out everybody's number anew; how many changed. For a job: nobody waits for it who
    writes."""
    looking = readers(sessions)
    with looking() as session:
        numbers = session.scalars(select(Provider.id).order_by(Provider.id)).all()
    changed = 0
    for number in numbers:
        if stopped():
            break
        with looking() as session:
            found = figures(session, number, now).quality
            if found == session.get_one(Provider, number).quality:
                continue
        with sessions.begin() as session:
            session.get_one(Provider, number).quality = found
        changed += 1
    return changed


def _blend(total: float, count: int) -> float:
    """Mean of `count` values of 0 to 100 that add up to `total`, and the usual ones."""
    return (total + _WEIGHT * USUAL) / (count + _WEIGHT)
