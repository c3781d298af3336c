"""Raises, enriches and closes alarms. `raise_` commits before it returns."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.alarms.model import Alarm, AlarmEvent
from care.storage.engine import Sessions


@dataclass(frozen=True)
class Report:
    """What is known at the moment an alarm is raised."""

    category: str
    severity: int
    said: str
    conversation_id: int | None = None
    person: str | None = None
    phone: str | None = None
    place: str | None = None
    facts: dict[str, str] = field(default_factory=dict)


class AlarmNotFoundError(LookupError):
    """No alarm has this reference."""


def raise_(sessions: Sessions, report: Report, now: datetime) -> Alarm:
    """Commits an alarm in a transaction of its own; when this returns, it is on disk.

    A conversation has one open alarm at a time: a further report joins it, and a worse one
    raises its severity.
    """
    with sessions.begin() as session:
        alarm = report.conversation_id and open_alarm(session, report.conversation_id)
        if not alarm:
            alarm = Alarm(
                ref=_reference(now),
                conversation_id=report.conversation_id,
                category=report.category,
                severity=report.severity,
                said=report.said,
                person=report.person,
                phone=report.phone,
                place=report.place,
                facts=dict(report.facts),
                raised_at=now,
            )
            session.add(alarm)
            session.flush()
            _event(session, alarm, now, kind="raised", by="assistant", note=report.said)
        else:
            if report.severity < alarm.severity:
                alarm.severity, alarm.category = report.severity, report.category
            _event(session, alarm, now, kind="reported_again", by="assistant", note=report.said)
    return alarm


def open_alarm(session: Session, conversation_id: int) -> Alarm | None:
    """The conversation's alarm that no person has closed yet."""
    return session.scalar(
        select(Alarm)
        .where(Alarm.conversation_id == conversation_id, Alarm.state != "closed")
        .order_by(Alarm.id)
        .limit(1)
    )


def open_alarms(session: Session) -> list[Alarm]:
    """All open alarms: most severe first, then oldest."""
    query = select(Alarm).where(Alarm.state != "closed").order_by(Alarm.severity, Alarm.id)
    return list(session.scalars(query))


def note_follow_up(session: Session, alarm_id: int, follow_up: dict[str, Any]) -> None:
    """Keeps where the questions after the alarm stand."""
    session.execute(update(Alarm).where(Alarm.id == alarm_id).values(follow_up=follow_up))


def add_said(
    session: Session,
    alarm: Alarm,
    *,
    said: str,
    facts: dict[str, str],
    follow_up: dict[str, Any],
    now: datetime,
    false_alarm: bool = False,
) -> None:
    """Appends what the caller said since, and what it told."""
    alarm.facts = {**alarm.facts, **facts}
    alarm.place = facts.get("place") or alarm.place
    alarm.person = facts.get("person") or alarm.person
    alarm.phone = facts.get("phone") or alarm.phone
    alarm.follow_up = follow_up
    kind = "called_false" if false_alarm else "said"
    _event(session, alarm, now, kind=kind, by="caller", note=said)


def close(session: Session, ref: str, *, by: str, reason: str, now: datetime) -> Alarm:
    """Ends an alarm by a person's hand. Raises AlarmNotFoundError, or ValueError without a name."""
    if not by.strip() or not reason.strip():
        raise ValueError("closing an alarm needs the name of the person and a reason")
    alarm = session.scalar(select(Alarm).where(Alarm.ref == ref))
    if alarm is None:
        raise AlarmNotFoundError(f"no alarm has the reference {ref}")
    if alarm.state != "closed":
        alarm.state, alarm.closed_at = "closed", now
        _event(session, alarm, now, kind="closed", by=by, note=reason)
    return alarm


def events(session: Session, alarm: Alarm) -> list[AlarmEvent]:
    """The alarm's course, oldest first."""
    query = select(AlarmEvent).where(AlarmEvent.alarm_id == alarm.id).order_by(AlarmEvent.id)
    return list(session.scalars(query))


def _reference(now: datetime) -> str:
    return f"A{now:%m%d}-{secrets.token_hex(3).upper()}"


def _event(session: Session, alarm: Alarm, now: datetime, *, kind: str, by: str, note: str) -> None:
    session.add(AlarmEvent(alarm_id=alarm.id, at=now, kind=kind, by=by, note=note))
