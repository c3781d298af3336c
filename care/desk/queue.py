"""All that waits for somebody at the desk: alarms first, then callers, then chats."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.conversations.model import Conversation
from care.desk import callbacks
from care.desk.line import on_the_line
from care.desk.model import Callback, Seat
from care.desk.person import Person, people
from care.desk.seats import present
from care.desk.topic import Topic, topics
from care.desk.words import Words
from care.handovers import service as handovers
from care.handovers.model import Handover

GOAL = timedelta(seconds=15)
"""Until somebody picks up (GB/T 33358-2016)."""
LIVE = timedelta(minutes=10)
"""After the last word a conversation with the assistant is no longer going on."""
_TALKS = 40
"""Conversations with the assistant that are listed."""


@dataclass(frozen=True)
class Caller:
    """One who waits for an operator, or has one."""

    handover: Handover
    channel: str
    person: Person
    topic: Topic
    alarm_ref: str | None
    """Of an alarm of theirs that is open."""
    on_the_line: bool
    """In a telephone call now: an operator's telephone rings for them."""


@dataclass(frozen=True)
class Talk:
    """One who talks with the assistant now."""

    conversation_id: int
    channel: str
    last_at: datetime
    person: Person
    topic: Topic


@dataclass(frozen=True)
class Queue:
    """The desk at one moment."""

    at: datetime
    alarms: tuple[Alarm, ...]
    """Open ones: most severe first, then oldest."""
    calls: tuple[Caller, ...]
    """Waiting on the telephone, longest first."""
    chats: tuple[Caller, ...]
    """Waiting otherwise, longest first."""
    held: tuple[Caller, ...]
    """With an operator, whoever that is."""
    talks: tuple[Talk, ...]
    """With the assistant, the latest first."""
    more_talks: bool
    """There are more than are listed."""
    seats: tuple[Seat, ...]
    callbacks: tuple[Callback, ...]
    """All open ones, soonest due first."""

    @property
    def callbacks_due(self) -> int:
        """Call-backs whose time has come and that nobody has taken."""
        return sum(each.state == "open" and each.due_at <= self.at for each in self.callbacks)

    def held_by(self, operator: str) -> list[Caller]:
        """What this operator has."""
        return [each for each in self.held if each.handover.operator == operator]


def look(session: Session, words: Words, now: datetime) -> Queue:
    """The desk now, in a number of queries that doesn't grow with what waits."""
    open_alarms = alarms.open_alarms(session)
    waiting = handovers.waiting(session)
    talks = _talks(session, now)
    rows = {row.id: row for row in _rows(session, waiting)} | {row.id: row for row in talks}
    persons, matters = people(session, rows), topics(session, rows, words)
    calling = on_the_line(session, now)
    # Of two in one talk the severest, which stands first.
    refs = {alarm.conversation_id: alarm.ref for alarm in reversed(open_alarms)}
    callers = [
        Caller(
            each,
            rows[each.conversation_id].channel,
            persons[each.conversation_id],
            matters[each.conversation_id],
            refs.get(each.conversation_id),
            rows[each.conversation_id].sender_id in calling,
        )
        for each in waiting
    ]
    still = [caller for caller in callers if caller.handover.state == "waiting"]
    return Queue(
        at=now,
        alarms=tuple(open_alarms),
        calls=tuple(caller for caller in still if caller.channel == "phone"),
        chats=tuple(caller for caller in still if caller.channel != "phone"),
        held=tuple(caller for caller in callers if caller.handover.state == "claimed"),
        talks=tuple(
            Talk(row.id, row.channel, row.last_at, persons[row.id], matters[row.id])
            for row in talks[:_TALKS]
        ),
        more_talks=len(talks) > _TALKS,
        seats=tuple(present(session)),
        callbacks=tuple(callbacks.still_open(session)),
    )


def _rows(session: Session, waiting: list[Handover]) -> list[Conversation]:
    wanted = [each.conversation_id for each in waiting]
    return list(session.scalars(select(Conversation).where(Conversation.id.in_(wanted))))


def _talks(session: Session, now: datetime) -> list[Conversation]:
    """Those whom nobody has and who wait for nobody."""
    with_person = exists().where(
        Handover.conversation_id == Conversation.id, Handover.state != "closed"
    )
    query = select(Conversation).where(Conversation.last_at > now - LIVE, ~with_person)
    return list(session.scalars(query.order_by(Conversation.last_at.desc()).limit(_TALKS + 1)))
