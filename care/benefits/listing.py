"""The desk's list of cases: filtered, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from care.benefits.model import BenefitCase, BenefitRound
from care.benefits.state import State
from care.elders.model import Elder

PAGE = 50
"""Rows of one page."""


@dataclass(frozen=True)
class Filter:
    """What is looked for; None and () leave a thing open."""

    state: State | None = None
    benefit: str | None = None
    regions: Sequence[str] = ()
    """A region with everything that lies in it."""


@dataclass(frozen=True)
class Row:
    """One case and whose it is."""

    case: BenefitCase
    elder: Elder


def rows(session: Session, wanted: Filter, page: int) -> list[Row]:
    """The page (from 1) of the list, what changed last first; one row more tells of a next."""
    latest = (BenefitCase.changed_at.desc(), BenefitCase.id.desc())
    # Before the join, or a hundred thousand records would be sorted for the sake of fifty.
    shown = (
        _where(select(BenefitCase.id), wanted)
        .order_by(*latest)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
        .subquery()
    )
    query = (
        select(BenefitCase, Elder)
        .join(shown, shown.c.id == BenefitCase.id)
        .join(Elder, Elder.id == BenefitCase.elder_id)
        .order_by(*latest)
    )
    return [Row(case, elder) for case, elder in session.execute(query)]


def counts(session: Session, wanted: Filter) -> dict[State, int]:
    """How many cases are in each state, for the filter without its state."""
    query = _where(
        select(BenefitCase.state, func.count()),
        Filter(benefit=wanted.benefit, regions=wanted.regions),
    )
    found = {State(state): count for state, count in session.execute(query.group_by("state"))}
    return {state: found.get(state, 0) for state in State}


def latest_round(session: Session) -> BenefitRound | None:
    """The last night that began."""
    return session.scalar(select(BenefitRound).order_by(BenefitRound.night.desc()).limit(1))


def of_elder(session: Session, elder_id: int) -> list[BenefitCase]:
    """Everything that was ever found for them, the latest first."""
    query = select(BenefitCase).where(BenefitCase.elder_id == elder_id)
    return list(session.scalars(query.order_by(BenefitCase.id.desc())))


def _where(query: Select, wanted: Filter) -> Select:  # type: ignore[type-arg]
    parts: list[ColumnElement[bool]] = []
    if wanted.state:
        parts.append(BenefitCase.state == wanted.state.value)
    if wanted.benefit:
        parts.append(BenefitCase.benefit == wanted.benefit)
    if wanted.regions:
        parts.append(BenefitCase.region.in_(wanted.regions))
    return query.where(*parts)
