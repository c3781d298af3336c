"""The course of all alarms as one chain: what is changed, taken out or put in later shows.

Each event's hash is SHA-256 over the hash of the event before it (of whichever alarm) and its own
content. The database refuses to change or delete events; the chain tells when somebody with more
rights did it all the same. Whoever keeps a `Mark` elsewhere also sees events cut off at the end.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from care.alarms.model import Alarm, AlarmEvent
from care.alarms.state import STATES
from care.storage.engine import Sessions, readers

_LOCK = 12_349_03
"""Key of the advisory lock under which PostgreSQL adds events one after the other."""

_PAGE = 1000
"""Events read at a time: nobody who raises an alarm waits for a whole chain."""


@dataclass(frozen=True)
class Mark:
    """An event and the hash that it had: the chain up to here can be told from any other."""

    event_id: int
    hash: str

    def __str__(self) -> str:
        return f"{self.event_id}:{self.hash}"

    @classmethod
    def parse(cls, written: str) -> "Mark":
        """The inverse of `str`. Raises ValueError."""
        number, _, hash_ = written.strip().partition(":")
        if not number.isascii() or not number.isdigit() or len(hash_) != 64:
            raise ValueError("a mark is a number, a colon and 64 hexadecimal digits")
        return cls(int(number), hash_.lower())


@dataclass(frozen=True)
class Broken:
    """The first link that isn't as it was made."""

    event_id: int
    alarm_ref: str
    problem: str


@dataclass(frozen=True)
class Verified:
    """What `verify` found."""

    events: int
    """How many were checked."""
    end: Mark | None
    """The last event that stands; None when there is none."""
    broken: Broken | None

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None


def lock(session: Session) -> None:
    """Lets nobody else change an alarm until the transaction ends: take it before reading one.

    SQLite's transactions have the whole database to themselves from their beginning.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def append(
    session: Session,
    alarm: Alarm,
    now: datetime,
    *,
    kind: str,
    by: str,
    note: str = "",
    how: str = "",
) -> AlarmEvent:
    """Adds an event to the end of the chain. The alarm is flushed; `lock` is taken."""
    previous = session.scalar(select(AlarmEvent.hash).order_by(AlarmEvent.id.desc()).limit(1))
    event = AlarmEvent(alarm_id=alarm.id, at=now, kind=kind, by=by, note=note, how=how)
    event.hash = link(previous or "", alarm.ref, event)
    session.add(event)
    session.flush()
    return event


def link(previous: str, alarm_ref: str, event: AlarmEvent) -> str:
    """The hash of an event behind another. A change of this breaks every chain there is."""
    moment = event.at.astimezone(timezone.utc).isoformat(timespec="microseconds")
    content = [previous, alarm_ref, moment, event.kind, event.by, event.how, event.note]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def verify(sessions: Sessions, since: Mark | None = None) -> Verified:
    """Goes along the chain, or along what came after a mark, and stops at the first broken link.

    Also compares each alarm's state with what its events say. Alarms can be raised meanwhile.
    """
    sessions = readers(sessions)
    checked, end = 0, since
    if since is not None and not _stands(sessions, since):
        return Verified(0, None, Broken(since.event_id, "", "the marked event is not there"))
    while True:
        with sessions() as session:
            rows = _after(session, end.event_id if end else 0)
        for event, ref in rows:
            if event.hash != link(end.hash if end else "", ref, event):
                broken = Broken(event.id, ref, "it, or the one before it, is not as it was")
                return Verified(checked, end, broken)
            checked, end = checked + 1, Mark(event.id, event.hash)
        if len(rows) < _PAGE:
            break
    with sessions() as session:
        return Verified(checked, end, _contradiction(session))


def _stands(sessions: Sessions, mark: Mark) -> bool:
    with sessions() as session:
        found = session.get(AlarmEvent, mark.event_id)
        return found is not None and found.hash == mark.hash


def _after(session: Session, event_id: int) -> list[tuple[AlarmEvent, str]]:
    query = select(AlarmEvent, Alarm.ref).join(Alarm, Alarm.id == AlarmEvent.alarm_id)
    query = query.where(AlarmEvent.id > event_id).order_by(AlarmEvent.id).limit(_PAGE)
    return [(event, ref) for event, ref in session.execute(query)]


def _contradiction(session: Session) -> Broken | None:
    last = (
        select(AlarmEvent.kind)
        .where(AlarmEvent.alarm_id == Alarm.id, AlarmEvent.kind.in_(STATES))
        .order_by(AlarmEvent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(Alarm.ref, Alarm.state, last).where(func.coalesce(last, "") != Alarm.state)
    found = session.execute(query.order_by(Alarm.id).limit(1)).first()
    if found is None:
        return None
    ref, state, told = found
    return Broken(0, ref, f"the alarm is {state}, its events say {told or 'nothing'}")
