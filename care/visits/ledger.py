"""The ledger of a month: whoever is to be visited, the worst first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, func, select, true
from sqlalchemy.orm import Session

from care.elders.model import Elder
from care.visits.model import Steward, Visit, VisitCall
from care.visits.state import State

PAGE = 50
"""Rows of one page."""

Asked = TypeVar("Asked", bound="Select[Any]")


class Part(StrEnum):
    """Which rows are looked at."""

    TO_DO = "to_do"
    """All that nobody made: the missed ones first, then those that the telephone did not do."""
    IN_PERSON = "in_person"
    """Somebody has to go there."""
    DONE = "done"
    MISSED = "missed"
    ALL = "all"


@dataclass(frozen=True)
class Wanted:
    """What of the ledger is asked for."""

    month: date
    """Its first day."""
    part: Part = Part.TO_DO
    regions: Collection[str] | None = None
    """Names in data/regions.yml; None for everywhere."""
    steward_id: int | None = None


@dataclass(frozen=True)
class Row:
    """One line of the ledger."""

    visit: Visit
    elder: Elder
    steward: str | None
    tries: int
    """Calls of the assistant."""


def rows(
    session: Session, wanted: Wanted, *, first: int = 0, most: int | None = PAGE + 1
) -> list[Row]:
    """The rows from number `first` on, `most` at most."""
    tries = (
        select(func.count())
        .where(VisitCall.visit_id == Visit.id)
        .correlate(Visit)
        .scalar_subquery()
    )
    rank = case(
        (Visit.state == State.MISSED, 0),
        (and_(Visit.state == State.PLANNED, Visit.in_person.is_not(None)), 1),
        (Visit.state == State.PLANNED, 2),
        (Visit.state == State.DONE, 3),
        else_=4,
    )
    query = (
        select(Visit, Elder, Steward.name, tries)
        .join(Elder, Elder.id == Visit.elder_id)
        .outerjoin(Steward, Steward.id == Visit.steward_id)
        .order_by(rank, Visit.due_on, Visit.region, Visit.id)
        .offset(first)
        .limit(most)
    )
    return [Row(*found) for found in session.execute(_asked(query, wanted, wanted.part))]


def counts(session: Session, wanted: Wanted) -> dict[Part, int]:
    """How many rows each part has, whichever is asked for."""
    columns = (func.count(case((_in_part(part), 1))) for part in Part)
    query: Any = select(*columns).select_from(Visit)
    found = session.execute(_asked(query, wanted, None)).one()
    return dict(zip(Part, found, strict=True))


def _asked(query: Asked, wanted: Wanted, part: Part | None) -> Asked:
    query = query.where(Visit.month == wanted.month)
    if wanted.regions is not None:
        query = query.where(Visit.region.in_(wanted.regions))
    if wanted.steward_id is not None:
        query = query.where(Visit.steward_id == wanted.steward_id)
    return query if part is None else query.where(_in_part(part))


def _in_part(part: Part) -> ColumnElement[bool]:
    match part:
        case Part.TO_DO:
            return Visit.state.in_((State.PLANNED, State.MISSED))
        case Part.IN_PERSON:
            return and_(Visit.state == State.PLANNED, Visit.in_person.is_not(None))
        case Part.DONE:
            return Visit.state == State.DONE
        case Part.MISSED:
            return Visit.state == State.MISSED
        case Part.ALL:
            return true()
