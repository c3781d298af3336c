"""How long callers who wanted a person waited for one."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from care.desk.queue import GOAL
from care.figures.period import Period
from care.handovers.model import Handover, HandoverEvent

GOAL_SHARE = 0.95
"""Share that shall be picked up within `GOAL`: the two figures of GB/T 33358-2016 read together."""
TAKEN_OVER = "taken_over"
"""Reason of a handover that an operator began: nobody waited."""


@dataclass(frozen=True)
class Wait:
    """One who wanted a person."""

    step: int
    reason: str
    seconds: float
    """Until somebody picked up, or they were gone, or until now."""
    picked_up: bool
    over: bool
    """False while they wait."""


@dataclass(frozen=True)
class Waits:
    """All of a period."""

    all: tuple[Wait, ...]

    @property
    def picked_up(self) -> list[float]:
        """Seconds, of those who reached somebody."""
        return [wait.seconds for wait in self.all if wait.picked_up]

    @property
    def left(self) -> int:
        """Those who were gone before anybody picked up."""
        return sum(wait.over and not wait.picked_up for wait in self.all)

    @property
    def reasons(self) -> dict[str, int]:
        """How many came to a person, by why; the most frequent first."""
        return dict(Counter(wait.reason for wait in self.all).most_common())

    def of_step(self, step: int) -> "Waits":
        """Those who asked in one step."""
        return Waits(tuple(wait for wait in self.all if wait.step == step))

    def within(self, goal: timedelta = GOAL) -> tuple[int, int]:
        """How many were picked up within `goal`, and of how many that is.

        Whoever was gone sooner, or waits for less, could not be and doesn't count.
        """
        limit = goal.total_seconds()
        counted = [wait for wait in self.all if wait.picked_up or wait.seconds > limit]
        return sum(wait.picked_up and wait.seconds <= limit for wait in counted), len(counted)

    def quantile(self, share: float) -> float | None:
        """Seconds within which this share of the callers was picked up; None for nobody."""
        return quantile(self.picked_up, share)


def waits(session: Session, period: Period, now: datetime) -> Waits:
    """Of those who asked for a person in the period, whether they reached one then or later."""
    first = func.min(HandoverEvent.at)
    claimed = and_(HandoverEvent.handover_id == Handover.id, HandoverEvent.kind == "claimed")
    query = (
        select(
            period.step_of(Handover.requested_at),
            Handover.reason,
            Handover.requested_at,
            Handover.closed_at,
            first.label("claimed_at"),
        )
        .outerjoin(HandoverEvent, claimed)
        .where(period.holds(Handover.requested_at), Handover.reason != TAKEN_OVER)
        .group_by(Handover.id)
    )
    found = []
    for row in session.execute(query):
        end = row.claimed_at or row.closed_at or now
        # A clock that was set back in between makes it nothing, never less.
        seconds = max(0.0, (end - row.requested_at).total_seconds())
        picked_up = row.claimed_at is not None
        over = picked_up or row.closed_at is not None
        found.append(Wait(row.step, row.reason, seconds, picked_up, over))
    return Waits(tuple(found))


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` of the values don't exceed, between neighbours where it falls so."""
    if not values:
        return None
    if len(values) == 1:
        return values[0]
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return cuts[round(share * 100) - 1]
