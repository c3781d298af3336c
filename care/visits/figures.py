"""Visits of a month in numbers, by community."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from care.visits.model import Visit
from care.visits.month import first_of
from care.visits.state import How, State


@dataclass(frozen=True)
class Figures:
    """Visits of one region."""

    due: int = 0
    """All that were to be made: dropped ones don't count."""
    done: int = 0
    by_phone: int = 0
    """Of those that were done."""
    missed: int = 0

    @property
    def rate(self) -> float | None:
        """Percent of the visits that were made; None where none was due."""
        return 100 * self.done / self.due if self.due else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.due + other.due,
            self.done + other.done,
            self.by_phone + other.by_phone,
            self.missed + other.missed,
        )


def by_community(session: Session, day: date) -> dict[str, Figures]:
    """Figures of each region where visits were planned, of the month in which `day` lies. Where
    no region is known it is the empty text."""
    done = Visit.state == State.DONE
    rows = session.execute(
        select(
            Visit.region,
            func.count(),
            _count(done),
            _count(done & (Visit.done_how == How.PHONE)),
            _count(Visit.state == State.MISSED),
        )
        .where(Visit.month == first_of(day), Visit.state != State.DROPPED)
        .group_by(Visit.region)
    )
    return {region or "": Figures(*numbers) for region, *numbers in rows}


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
