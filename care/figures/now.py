"""The hotline at this moment: who talks, who waits, which alarms are open, who is at the desk."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from care.alarms import service as alarms
from care.alarms.state import RAISED
from care.conversations.model import Conversation
from care.desk.line import on_the_line
from care.desk.queue import LIVE
from care.desk.seats import present
from care.desk.state import SeatState
from care.figures.talks import PHONE
from care.handovers.model import Handover
from care.handovers.service import waiting

AGES = (
    timedelta(minutes=1),
    timedelta(minutes=3),
    timedelta(minutes=10),
    timedelta(hours=1),
)
"""Open alarms are counted up to each of these ages, and beyond the last; the first two are the
goals of telecare."""


@dataclass(frozen=True)
class States:
    """Calls, or chats, by where they are."""

    assistant: int
    """The assistant talks with them."""
    waiting: int
    """They wait for a person."""
    operator: int
    """A person talks with them."""


@dataclass(frozen=True)
class Now:
    """One moment."""

    at: datetime
    calls: States
    chats: States
    since: datetime | None
    """Since when whoever waits longest has waited; None when nobody waits."""
    late: int
    """Of those who wait, the ones who have waited for longer than the goal."""
    alarms_by_age: tuple[int, ...]
    """Open ones; up to each of `AGES`, and one more for all that are older."""
    alarms_waiting: int
    """Open ones that nobody has acknowledged."""
    seats: dict[SeatState, int]
    """Operators by state, without those who are offline."""

    @property
    def alarms(self) -> int:
        """All open ones."""
        return sum(self.alarms_by_age)


def now(session: Session, goal: timedelta, at: datetime) -> Now:
    """As it is; whoever waits for longer than `goal` is late."""
    open_handovers = waiting(session)
    phones = _phones(session, open_handovers)
    asked = [each.requested_at for each in open_handovers if each.state == "waiting"]
    open_alarms = alarms.open_alarms(session)
    by_phone, in_writing = _with_assistant(session, at)
    return Now(
        at=at,
        calls=_states(open_handovers, phones, by_phone, phone=True),
        chats=_states(open_handovers, phones, in_writing, phone=False),
        since=min(asked, default=None),
        late=sum(at - since > goal for since in asked),
        alarms_by_age=_ages([at - each.raised_at for each in open_alarms]),
        alarms_waiting=sum(each.state == RAISED for each in open_alarms),
        seats=dict(Counter(SeatState(seat.state) for seat in present(session))),
    )


def _phones(session: Session, found: list[Handover]) -> set[int]:
    """Which of the conversations are telephone calls."""
    wanted = [each.conversation_id for each in found]
    query = select(Conversation.id).where(
        Conversation.id.in_(wanted), Conversation.channel == PHONE
    )
    return set(session.scalars(query))


def _states(found: list[Handover], phones: set[int], alone: int, *, phone: bool) -> States:
    states = Counter(each.state for each in found if (each.conversation_id in phones) is phone)
    return States(alone, states["waiting"], states["claimed"])


def _with_assistant(session: Session, at: datetime) -> tuple[int, int]:
    """Whom the assistant talks with: on the telephone, and in writing."""
    with_person = exists().where(
        Handover.conversation_id == Conversation.id, Handover.state != "closed"
    )
    query = select(Conversation.sender_id, Conversation.channel).where(
        Conversation.last_at > at - LIVE, ~with_person
    )
    calling = on_the_line(session, at)
    rows = session.execute(query).all()
    # A telephone conversation is over when they hang up; of a written one nothing tells.
    return (
        sum(row.channel == PHONE and row.sender_id in calling for row in rows),
        sum(row.channel != PHONE for row in rows),
    )


def _ages(ages: list[timedelta]) -> tuple[int, ...]:
    counts = [0] * (len(AGES) + 1)
    for age in ages:
        counts[sum(age > limit for limit in AGES)] += 1
    return tuple(counts)
