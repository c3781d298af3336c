"""How quickly alarms were acknowledged, and how they ended, over a period."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.alarms.model import Alarm, AlarmEvent
from care.alarms.outcome import Outcome
from care.alarms.state import ACKNOWLEDGED, CLOSED

URGENT = 2
"""The goals are for alarms of severity 1 and 2; what is to be looked into soon has none."""
GOALS = {60: 0.975, 180: 0.99}
"""Seconds until acknowledged → the share telecare aims at (TSA Quality Standards Framework)."""


@dataclass(frozen=True)
class Within:
    """Alarms that were acknowledged within so many seconds."""

    seconds: int
    counted: int
    """Alarms that are acknowledged, or have waited for at least so long."""
    met: int
    goal: float

    @property
    def share(self) -> float | None:
        """0 to 1; None while there is nothing to count."""
        return self.met / self.counted if self.counted else None

    @property
    def reaches_goal(self) -> bool | None:
        """None while there is nothing to count."""
        return None if self.share is None else self.share >= self.goal


@dataclass(frozen=True)
class Figures:
    """The wallboard's numbers for alarms raised in a period."""

    raised: int
    urgent: int
    """Of severity 1 and 2: those that `within` is about."""
    open: int
    unacknowledged: int
    escalated: int
    """Alarms for which at least one rung was climbed before somebody acknowledged."""
    within: tuple[Within, ...]
    median_seconds: float | None
    """Until acknowledged, over the urgent ones that are."""
    outcomes: dict[str, int]
    """Closed alarms by outcome."""
    categories: dict[str, int]

    @property
    def false_alarms(self) -> int:
        """Closed as false, whatever the reason."""
        return sum(count for code, count in self.outcomes.items() if _is_false(code))


def figures(session: Session, since: datetime, until: datetime, now: datetime) -> Figures:
    """Of alarms raised from `since` until before `until`."""
    raised_then = (Alarm.raised_at >= since, Alarm.raised_at < until)
    alarms = list(session.scalars(select(Alarm).where(*raised_then)))
    urgent = [alarm for alarm in alarms if alarm.severity <= URGENT]
    waits = [(_wait(alarm, now), alarm.acknowledged_at is not None) for alarm in urgent]
    acknowledged = [wait for wait, done in waits if done]
    return Figures(
        raised=len(alarms),
        urgent=len(urgent),
        open=sum(alarm.closed_at is None for alarm in alarms),
        unacknowledged=sum(alarm.acknowledged_at is None for alarm in alarms),
        escalated=_escalated(session, since, until),
        within=tuple(_within(waits, seconds, goal) for seconds, goal in GOALS.items()),
        median_seconds=median(acknowledged) if acknowledged else None,
        outcomes=dict(Counter(alarm.outcome for alarm in alarms if alarm.outcome)),
        categories=dict(Counter(alarm.category for alarm in alarms)),
    )


def _wait(alarm: Alarm, now: datetime) -> float:
    """Seconds; a clock that was set back in between makes it nothing, never less."""
    return max(timedelta(0), (alarm.acknowledged_at or now) - alarm.raised_at).total_seconds()


def _within(waits: list[tuple[float, bool]], seconds: int, goal: float) -> Within:
    counted = [(wait, done) for wait, done in waits if done or wait >= seconds]
    return Within(
        seconds, len(counted), sum(done and wait <= seconds for wait, done in counted), goal
    )


def _escalated(session: Session, since: datetime, until: datetime) -> int:
    """Alarms whose first rung came before the first step of a person."""
    query = (
        select(AlarmEvent.alarm_id, AlarmEvent.kind, func.min(AlarmEvent.id))
        .join(Alarm, Alarm.id == AlarmEvent.alarm_id)
        .where(Alarm.raised_at >= since, Alarm.raised_at < until)
        .where(AlarmEvent.kind.in_(("escalated", ACKNOWLEDGED, CLOSED)))
        .group_by(AlarmEvent.alarm_id, AlarmEvent.kind)
    )
    first_rung: dict[int, int] = {}
    first_step: dict[int, int] = {}
    for alarm_id, kind, event_id in session.execute(query):
        if kind == "escalated":
            first_rung[alarm_id] = event_id
        else:
            first_step[alarm_id] = min(event_id, first_step.get(alarm_id, event_id))
    return sum(rung < first_step.get(alarm, rung + 1) for alarm, rung in first_rung.items())


def _is_false(code: str) -> bool:
    return any(code == each.value and each.is_false for each in Outcome)
