"""Records visits that people made, and tells what is known of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.clock import SHANGHAI
from care.visits.model import Steward, Visit, VisitAnswer, VisitCall, VisitEvent
from care.visits.month import last_of
from care.visits.sentences import VisitError
from care.visits.state import How, State

_NOON = time(12)
MOST_NOTE = 500
"""Characters."""


@dataclass(frozen=True)
class Next:
    """The visit that an elder can wait for."""

    due_from: date
    due_on: date
    by_phone: bool
    """The assistant telephones; else somebody comes."""
    steward: str | None
    """Who comes."""


@dataclass(frozen=True)
class Last:
    """A visit that was made."""

    on: date
    how: How
    visitor: str | None
    """Who was there; None for the assistant."""


@dataclass(frozen=True)
class Report:
    """A visit that somebody made."""

    how: How
    visitor: str
    """Who was there."""
    on: date
    note: str = ""
    findings: Sequence[tuple[str, str]] = ()
    """Question and finding, as in data/visits/findings.yml."""


def next_visit(session: Session, elder_id: int) -> Next | None:
    """The visit that is planned next for an elder; None when none is."""
    visit = planned(session, elder_id)
    if visit is None:
        return None
    steward = session.get(Steward, visit.steward_id) if visit.steward_id else None
    name = steward.name if steward else None
    return Next(visit.due_from, visit.due_on, is_by_phone(visit), name)


def is_by_phone(visit: Visit) -> bool:
    """Whether the assistant is to telephone; otherwise somebody comes."""
    return visit.by_phone and visit.in_person is None


def planned(session: Session, elder_id: int) -> Visit | None:
    """The row behind `next_visit`."""
    query = select(Visit).where(Visit.elder_id == elder_id, Visit.state == State.PLANNED)
    return session.scalar(query.order_by(Visit.due_from, Visit.id).limit(1))


def last_visit(session: Session, elder_id: int) -> Last | None:
    """The visit that was made last; None when nobody was ever there."""
    query = select(Visit).where(Visit.elder_id == elder_id, Visit.state == State.DONE)
    visit = session.scalar(query.order_by(Visit.done_at.desc(), Visit.id.desc()).limit(1))
    if visit is None or visit.done_at is None or visit.done_how is None:
        return None
    return Last(visit.done_at.date(), How(visit.done_how), visit.visitor)


def record(session: Session, number: int, report: Report, *, by: str, now: datetime) -> None:
    """Writes a visit down as done, also one that counts as missed by now. Raises VisitError."""
    visit = session.get(Visit, number, with_for_update=True)
    if visit is None:
        raise VisitError("no_visit")
    if visit.state not in {State.PLANNED, State.MISSED}:
        raise VisitError("already_done")
    visitor = report.visitor.strip()
    if not 0 < len(visitor) <= 32:
        raise VisitError("visitor_missing")
    if report.on > now.date():
        raise VisitError("day_ahead")
    if not visit.month <= report.on <= last_of(visit.month):
        raise VisitError("other_month", first=visit.month, last=last_of(visit.month))
    noon = datetime.combine(report.on, _NOON, SHANGHAI)
    visit.state, visit.done_how, visit.visitor = State.DONE, report.how, visitor
    visit.done_at = min(noon, now)
    note = report.note.strip()[:MOST_NOTE]
    session.add(VisitEvent(visit_id=number, at=now, kind=State.DONE, by=by, note=note))
    session.add_all(
        VisitAnswer(
            visit_id=number, call_id=None, at=now, question=question, finding=finding, said=""
        )
        for question, finding in report.findings
    )


def drop(session: Session, elder_id: int, *, by: str, now: datetime) -> int:
    """Nobody goes to this elder any more; how many visits were planned."""
    query = select(Visit).where(Visit.elder_id == elder_id, Visit.state == State.PLANNED)
    found = list(session.scalars(query.order_by(Visit.id).with_for_update()))
    for visit in found:
        visit.state = State.DROPPED
        session.add(VisitEvent(visit_id=visit.id, at=now, kind=State.DROPPED, by=by))
    return len(found)


def events(session: Session, number: int) -> list[VisitEvent]:
    """The visit's course, oldest first."""
    query = select(VisitEvent).where(VisitEvent.visit_id == number)
    return list(session.scalars(query.order_by(VisitEvent.id)))


def calls(session: Session, number: int) -> list[VisitCall]:
    """The tries to reach the elder, oldest first."""
    query = select(VisitCall).where(VisitCall.visit_id == number)
    return list(session.scalars(query.order_by(VisitCall.nth)))


def answers(session: Session, number: int) -> list[VisitAnswer]:
    """What they said, and what somebody found, oldest first."""
    query = select(VisitAnswer).where(VisitAnswer.visit_id == number)
    return list(session.scalars(query.order_by(VisitAnswer.id)))
