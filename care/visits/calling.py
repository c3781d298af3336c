"""Which elder is telephoned next; every try is a row before the telephone rings."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.alarms.model import Alarm
from care.alarms.state import CLOSED
from care.clock import SHANGHAI
from care.elders.consent import Consent, ElderConsent
from care.elders.model import ACTIVE, Elder
from care.visits.findings import UNCLEAR
from care.visits.model import Visit, VisitAnswer, VisitCall
from care.visits.state import State
from care.visits.window import Calls

LONGEST = timedelta(minutes=75)
"""No call goes on for longer: one that does was cut off by a crash (voice.call.closing.LONGEST)."""


@dataclass(frozen=True)
class Due:
    """Somebody to telephone now."""

    call_id: int
    visit_id: int
    name: str
    phone: str
    settled: frozenset[str]
    """Questions that they answered in a call before, which was cut off."""


def next_call(session: Session, calls: Calls, process: str, now: datetime) -> Due | None:
    """Takes the most urgent visit that may be made by telephone now; None when there is none.

    Only elders who agreed to it, in a window of the day that was not tried for this visit yet, and
    not while an alarm of theirs is open. Of two processes one gets it.
    """
    if going_on(session, now) >= calls.at_once:
        return None
    found = _most_urgent(session, calls, now)
    if found is None:
        return None
    visit, elder, tries = found
    call = VisitCall(visit_id=visit.id, nth=tries + 1, started_at=now, process=process)
    try:
        with session.begin_nested():
            session.add(call)
    except IntegrityError:  # another process was quicker
        return None
    return Due(call.id, visit.id, elder.name, elder.phone, answered(session, visit.id))


def going_on(session: Session, now: datetime) -> int:
    """Calls under way, of all processes."""
    query = select(func.count()).where(
        VisitCall.result.is_(None), VisitCall.started_at > now - LONGEST
    )
    return session.scalar(query) or 0


def answered(session: Session, visit_id: int) -> frozenset[str]:
    """Questions of this visit that have an answer."""
    query = select(VisitAnswer.question).where(
        VisitAnswer.visit_id == visit_id, VisitAnswer.finding != UNCLEAR
    )
    return frozenset(session.scalars(query))


def cut_off(session: Session, process: str, now: datetime, *, starts: bool) -> list[int]:
    """Calls that nobody waits for any more: those of a process that starts anew, and whatever is
    older than a call can be."""
    query = select(VisitCall.id).where(VisitCall.result.is_(None))
    old = VisitCall.started_at <= now - LONGEST
    mine = VisitCall.process == process
    return list(session.scalars(query.where(or_(old, mine) if starts else old)))


def _most_urgent(session: Session, calls: Calls, now: datetime) -> tuple[Visit, Elder, int] | None:
    window = calls.window_at(now)
    if window is None:
        return None
    day, number = window
    begins = datetime.combine(day, calls.windows[number].from_, SHANGHAI)
    tries = (
        select(func.count())
        .where(VisitCall.visit_id == Visit.id)
        .correlate(Visit)
        .scalar_subquery()
    )
    busy = select(VisitCall.id).where(
        VisitCall.visit_id == Visit.id,
        (VisitCall.started_at >= begins) | VisitCall.result.is_(None),
    )
    agreed = (
        select(ElderConsent.given)
        .where(ElderConsent.elder_id == Elder.id, ElderConsent.kind == Consent.VISITS.value)
        .order_by(ElderConsent.id.desc())
        .limit(1)
        .correlate(Elder)
        .scalar_subquery()
    )
    alarm = select(Alarm.id).where(Alarm.elder_id == Elder.id, Alarm.state != CLOSED)
    query = (
        select(Visit, Elder, tries)
        .join(Elder, Elder.id == Visit.elder_id)
        .where(
            Visit.state == State.PLANNED,
            Visit.by_phone,
            Visit.in_person.is_(None),
            Visit.due_from <= day,
            Visit.due_on >= day,
            Elder.state == ACTIVE,
            agreed,
            tries < calls.tries,
            ~busy.exists(),
            ~alarm.exists(),
        )
        .order_by(Visit.due_on, tries.desc(), Visit.id)
        .limit(1)
    )
    found = session.execute(query).first()
    return None if found is None else (found[0], found[1], found[2])
