"""Visits that were made in a period, and those that should have been by its end."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from care.figures.period import Period
from care.visits.model import Visit
from care.visits.month import first_of
from care.visits.state import How, State


@dataclass(frozen=True)
class Visits:
    """A period's visits."""

    done: int
    by_phone: int
    """Of those."""
    due: int
    """Whose last day lies in the period, done or not."""
    due_done: int
    """Of those, the ones that are done by now."""


def visits(session: Session, period: Period) -> Visits:
    """Made, or due, from the period's beginning until before its end."""
    last = (period.until - timedelta(days=1)).date()
    done = and_(Visit.state == State.DONE, period.holds(Visit.done_at))
    due = and_(Visit.state != State.DROPPED, Visit.due_on >= period.on, Visit.due_on <= last)
    # A visit is made and falls due within its month, by which the table is indexed.
    months = Visit.month.between(first_of(period.on), first_of(last))
    counts = select(
        _count(done),
        _count(and_(done, Visit.done_how == How.PHONE)),
        _count(due),
        _count(and_(due, Visit.state == State.DONE)),
    )
    return Visits(*session.execute(counts.where(months)).one())


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
