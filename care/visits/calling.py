"""Which elder is telephoned next; every try is a row before the telephone rings."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.alarms.model import Alarm
from care.alarms.state import CLOSED
from care.clock import SHANGHAI
from care.elders.consent import Consent, ElderConsent
from care.elders.model import ACTIVE, Elder
from care.elders.service import by_phone
from care.visits.findings import UNCLEAR
from care.visits.model import PUT_OFF, Visit, VisitAnswer, VisitCall, VisitEvent
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
    others: tuple[str, ...]
    """Names of those who share the telephone: any of them may pick up."""
    settled: frozenset[str]
    """Questions that they answered in a call before, which was cut off."""


def next_call(session: Session, calls: Calls, process: str, now: datetime) -> Due | None:
    """Takes the most urgent visit that may be made by telephone now; None when there is none.

    Only elders who agreed to it, in a window of the day that was not tried for this visit yet, on
    no day on which they said not now, and not while an alarm of theirs, or from their telephone, is
    open, or somebody who shares it is being called. Of two processes one gets it.
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
    housemates = (each.name for each in by_phone(session, elder.phone) if each.id != elder.id)
    settled = answered(session, visit.id)
    return Due(call.id, visit.id, elder.name, elder.phone, tuple(housemates), settled)


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


def _busy_phones(session: Session, now: datetime) -> set[str]:
    """Numbers on which a visit is being made, or from which somebody may be in danger."""
    under_way = (
        select(Elder.phone)
        .join(Visit, Visit.elder_id == Elder.id)
        .join(VisitCall, VisitCall.visit_id == Visit.id)
        .where(VisitCall.result.is_(None), VisitCall.started_at > now - LONGEST)
    )
    alarms = select(Alarm.phone).where(Alarm.state != CLOSED, Alarm.phone.is_not(None))
    return {*session.scalars(under_way), *filter(None, session.scalars(alarms))}


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
    put_off = select(VisitEvent.id).where(
        VisitEvent.visit_id == Visit.id,
        VisitEvent.kind == PUT_OFF,
        VisitEvent.at >= datetime.combine(day, time(), SHANGHAI),
    )
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
            ~put_off.exists(),
            Elder.phone.not_in(_busy_phones(session, now)),
        )
        .order_by(Visit.due_on, tries.desc(), Visit.id)
        .limit(1)
    )
    found = session.execute(query).first()
    return None if found is None else (found[0], found[1], found[2])
