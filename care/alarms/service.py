"""Raises and enriches alarms; what people do with them is in `life`.

`raise_` commits the alarm, its first event and the foot of its ladder before it returns.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.alarms import chain
from care.alarms.another import is_another, is_over
from care.alarms.case import case_of, others
from care.alarms.life import (
    AlarmNotFoundError,
    AlarmStateError,
    AlarmTakenError,
    acknowledge,
    arrive,
    close,
    dispatch,
    find,
    remark,
    take_over,
)
from care.alarms.model import Alarm, AlarmEvent, AlarmLadder
from care.alarms.outcome import Outcome
from care.alarms.state import CLOSED
from care.storage.engine import Sessions

__all__ = [
    "AlarmNotFoundError",
    "AlarmStateError",
    "AlarmTakenError",
    "Outcome",
    "Report",
    "acknowledge",
    "add_said",
    "arrive",
    "close",
    "dispatch",
    "events",
    "find",
    "is_another",
    "is_over",
    "note_follow_up",
    "open_alarm",
    "open_alarms",
    "raise_",
    "remark",
    "take_over",
]


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
    source: str = "speech"
    """Who sends it; together with `reference` it makes a report that comes twice one alarm."""
    reference: str | None = None
    controller: str | None = None
    device: str | None = None
    device_type: str | None = None
    elder_id: int | None = None
    by: str = "assistant"
    """Who raises it, as the audit names them: assistant, device, an operator."""
    how: str = ""
    """By which way: phone, web, scaip, api, desk, …"""


def raise_(sessions: Sessions, report: Report, now: datetime) -> Alarm:
    """Commits an alarm in a transaction of its own; when this returns, it is on disk.

    The same source and reference are the same alarm, also when it is closed: nothing is added.
    A further report of a conversation joins its open alarm, and a worse one raises the severity;
    new trouble after somebody has acknowledged is an alarm of its own (care.alarms.another).
    """
    with sessions.begin() as session:
        chain.lock(session)
        known = _sent_before(session, report)
        if known is not None:
            return known
        alarm = report.conversation_id and open_alarm(session, report.conversation_id)
        if not alarm or is_another(session, alarm, report.category, report.severity, now):
            return _new(session, report, now)
        if report.severity < alarm.severity:
            alarm.severity, alarm.category = report.severity, report.category
            _start_again(session, alarm)
        kind = "reported_again"
        chain.append(session, alarm, now, kind=kind, by=report.by, note=report.said, how=report.how)
    return alarm


def open_alarm(session: Session, conversation_id: int) -> Alarm | None:
    """The conversation's newest alarm that no person has closed yet."""
    return session.scalar(
        select(Alarm)
        .where(Alarm.conversation_id == conversation_id, Alarm.state != CLOSED)
        .order_by(Alarm.id.desc())
        .limit(1)
    )


def open_alarms(session: Session) -> list[Alarm]:
    """All open alarms: most severe first, then oldest."""
    query = select(Alarm).where(Alarm.state != CLOSED).order_by(Alarm.severity, Alarm.id)
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
    # What the caller's copy still believes (that nobody has acknowledged, say) must not be written.
    session.expire(alarm)
    chain.lock(session)
    alarm.facts = {**alarm.facts, **facts}
    home = (alarm.place, alarm.phone)
    alarm.place = facts.get("place") or alarm.place
    alarm.person = facts.get("person") or alarm.person
    alarm.phone = facts.get("phone") or alarm.phone
    alarm.follow_up = follow_up
    if (alarm.place, alarm.phone) != home and not others(session, alarm):
        alarm.case_ref = case_of(session, alarm, now)
    kind = "called_false" if false_alarm else "said"
    chain.append(session, alarm, now, kind=kind, by="caller", note=said)


def events(session: Session, alarm: Alarm) -> list[AlarmEvent]:
    """The alarm's course, oldest first."""
    query = select(AlarmEvent).where(AlarmEvent.alarm_id == alarm.id).order_by(AlarmEvent.id)
    return list(session.scalars(query))


def _sent_before(session: Session, report: Report) -> Alarm | None:
    if report.reference is None:
        return None
    same = (Alarm.source == report.source) & (Alarm.reference == report.reference)
    return session.scalar(select(Alarm).where(same))


def _new(session: Session, report: Report, now: datetime) -> Alarm:
    alarm = Alarm(
        ref=_reference(session, now),
        conversation_id=report.conversation_id,
        category=report.category,
        severity=report.severity,
        said=report.said,
        person=report.person,
        phone=report.phone,
        place=report.place,
        facts=dict(report.facts),
        raised_at=now,
        source=report.source,
        reference=report.reference,
        controller=report.controller,
        device=report.device,
        device_type=report.device_type,
        elder_id=report.elder_id,
    )
    alarm.case_ref = case_of(session, alarm, now)
    session.add(alarm)
    session.flush()
    session.add(AlarmLadder(alarm_id=alarm.id, counted_at=now))
    chain.append(session, alarm, now, kind="raised", by=report.by, note=report.said, how=report.how)
    return alarm


def _start_again(session: Session, alarm: Alarm) -> None:
    """Whoever was told of something mild is told of something grave; waiting goes on."""
    where = AlarmLadder.alarm_id == alarm.id
    session.execute(update(AlarmLadder).where(where).values(climbed=0, rests=False))


def _reference(session: Session, now: datetime) -> str:
    while True:
        ref = f"A{now:%m%d}-{secrets.token_hex(3).upper()}"
        if session.scalar(select(Alarm.id).where(Alarm.ref == ref)) is None:
            return ref
