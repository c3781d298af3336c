"""What people do with an alarm: acknowledge, dispatch, arrive, close; each with their name.

All take the lock of the chain first, so that of two operators at the same moment one is told.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.alarms import chain
from care.alarms.case import others
from care.alarms.model import Alarm, AlarmLadder
from care.alarms.outcome import Outcome
from care.alarms.state import ACKNOWLEDGED, CLOSED, DISPATCHED, ON_SITE, RAISED

LONGEST_NAME = 64
"""Characters; as long as the columns."""


class AlarmNotFoundError(LookupError):
    """No alarm has this reference."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"no alarm has the reference {ref}")
        self.ref = ref


class AlarmTakenError(ValueError):
    """Another operator was quicker; `by` is their name."""

    def __init__(self, ref: str, by: str) -> None:
        super().__init__(f"alarm {ref} is in the hands of {by}")
        self.ref, self.by = ref, by


class AlarmStateError(ValueError):
    """The step doesn't follow the alarm's state, e.g. it is closed."""

    def __init__(self, ref: str, state: str) -> None:
        super().__init__(f"alarm {ref} is {state}: the step doesn't follow from there")
        self.ref, self.state = ref, state


def find(session: Session, ref: str) -> Alarm:
    """The alarm as it is now, held until the transaction ends. Raises AlarmNotFoundError."""
    chain.lock(session)
    query = select(Alarm).where(Alarm.ref == ref).execution_options(populate_existing=True)
    alarm = session.scalar(query)
    if alarm is None:
        raise AlarmNotFoundError(ref)
    return alarm


def acknowledge(session: Session, ref: str, *, by: str, now: datetime, how: str = "") -> Alarm:
    """An operator has it in hand, and with it whatever else of its case nobody has yet.

    Again by the same operator changes nothing. Raises AlarmTakenError when somebody else has it,
    AlarmStateError when it is closed, ValueError without a name.
    """
    alarm = find(session, ref)
    by = _named(by)
    if alarm.state == CLOSED:
        raise AlarmStateError(ref, alarm.state)
    if alarm.state != RAISED:
        if alarm.handled_by != by:
            raise AlarmTakenError(ref, alarm.handled_by or "")
        return alarm
    _acknowledge(session, alarm, by=by, now=now, how=how)
    for other in others(session, alarm):
        if other.state == RAISED:
            _acknowledge(session, other, by=by, now=now, how=how, note=f"with {ref}")
    return alarm


def take_over(session: Session, ref: str, *, by: str, now: datetime, how: str = "") -> Alarm:
    """An open alarm goes on from one operator to another; one that nobody has is acknowledged."""
    alarm = find(session, ref)
    by = _named(by)
    if alarm.state in {RAISED, CLOSED}:
        return acknowledge(session, ref, by=by, now=now, how=how)
    if alarm.handled_by != by:
        before, alarm.handled_by = alarm.handled_by, by
        chain.append(session, alarm, now, kind="taken_over", by=by, how=how, note=before or "")
    return alarm


def dispatch(
    session: Session,
    ref: str,
    *,
    by: str,
    responder: str,
    now: datetime,
    how: str = "",
) -> Alarm:
    """Somebody is on the way. Who dispatches has also acknowledged; a second one may follow.

    Raises AlarmStateError after the arrival, ValueError without a name or a responder.
    """
    alarm = find(session, ref)
    by, responder = _named(by), _named(responder)
    if alarm.state == RAISED:
        alarm = acknowledge(session, ref, by=by, now=now, how=how)
    if alarm.state not in {ACKNOWLEDGED, DISPATCHED}:
        raise AlarmStateError(ref, alarm.state)
    alarm.responder = responder
    alarm.dispatched_at = alarm.dispatched_at or now
    _enter(session, alarm, DISPATCHED)
    chain.append(session, alarm, now, kind=DISPATCHED, by=by, how=how, note=responder)
    return alarm


def arrive(
    session: Session, ref: str, *, by: str, now: datetime, how: str = "", note: str = ""
) -> Alarm:
    """The responder, or whoever was nearer, is with the person.

    Raises AlarmStateError when nobody has acknowledged or it is closed. A second time is nothing.
    """
    alarm = find(session, ref)
    by = _named(by)
    if alarm.state == ON_SITE:
        return alarm
    if alarm.state not in {ACKNOWLEDGED, DISPATCHED}:
        raise AlarmStateError(ref, alarm.state)
    alarm.on_site_at = now
    _enter(session, alarm, ON_SITE)
    chain.append(session, alarm, now, kind=ON_SITE, by=by, how=how, note=note)
    return alarm


def close(
    session: Session,
    ref: str,
    *,
    by: str,
    reason: str,
    now: datetime,
    outcome: Outcome = Outcome.HELPED,
    how: str = "",
) -> Alarm:
    """Ends an alarm by a person's hand. Raises AlarmNotFoundError, or ValueError without a name.

    Whoever closes an alarm that nobody had acknowledged has dealt with it at that moment.
    """
    if not by.strip() or not reason.strip():
        raise ValueError("closing an alarm needs the name of the person and a reason")
    by = _named(by)
    alarm = find(session, ref)
    if alarm.state != CLOSED:
        alarm.acknowledged_at = alarm.acknowledged_at or now
        alarm.handled_by = alarm.handled_by or by
        alarm.closed_at, alarm.outcome = now, outcome.value
        _enter(session, alarm, CLOSED)
        chain.append(session, alarm, now, kind=CLOSED, by=by, how=how, note=reason)
    return alarm


def remark(
    session: Session, ref: str, *, by: str, text: str, now: datetime, how: str = ""
) -> Alarm:
    """Keeps what a person wrote or did beside the steps, e.g. that they rang 120.

    Raises ValueError without a name or a text.
    """
    if not text.strip():
        raise ValueError("the remark is empty")
    alarm = find(session, ref)
    chain.append(session, alarm, now, kind="remark", by=_named(by), how=how, note=text)
    return alarm


def _acknowledge(
    session: Session, alarm: Alarm, *, by: str, now: datetime, how: str, note: str = ""
) -> None:
    alarm.acknowledged_at, alarm.handled_by = now, by
    _enter(session, alarm, ACKNOWLEDGED)
    chain.append(session, alarm, now, kind=ACKNOWLEDGED, by=by, how=how, note=note)


def _enter(session: Session, alarm: Alarm, state: str) -> None:
    """Waiting begins anew in every state, at the foot of the ladder."""
    alarm.state, alarm.escalation, alarm.instruction = state, None, None
    session.execute(
        update(AlarmLadder)
        .where(AlarmLadder.alarm_id == alarm.id)
        .values(climbed=0, waited=0.0, rests=state == CLOSED)
    )


def _named(text: str) -> str:
    name = text.strip()
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters: every step is kept with it")
    return name
