"""One conversation as an operator sees it: what was said, what was understood, where it stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.conversations.model import Conversation, Understanding, Utterance
from care.desk.line import on_the_line
from care.desk.summary import summarise
from care.desk.topic import NOTHING, Topic, topics
from care.desk.words import Words
from care.handovers import service as handovers
from care.handovers.model import Handover, HandoverEvent

_MOST = 300
"""Utterances, the latest."""


@dataclass(frozen=True)
class Line:
    """One utterance, with what the dialogue engine made of it."""

    said: Utterance
    understood: Understanding | None


@dataclass(frozen=True)
class View:
    """A conversation at one moment."""

    row: Conversation
    lines: tuple[Line, ...]
    topic: Topic
    handover: Handover | None
    """The open one."""
    events: tuple[HandoverEvent, ...]
    alarm: Alarm | None
    """The open one."""
    summary: tuple[str, str] | None
    """While a handover is open."""
    on_the_line: bool
    """They are in a telephone call now."""

    def is_held_by(self, operator: str) -> bool:
        """Whether this operator talks with them now."""
        held = self.handover
        return held is not None and held.state == "claimed" and held.operator == operator

    @property
    def slots(self) -> dict[str, str]:
        """All that the dialogue engine holds by now."""
        told = [line.understood.slots for line in self.lines if line.understood]
        return told[-1] if told else {}


def view(session: Session, conversation_id: int, words: Words, now: datetime) -> View | None:
    """The conversation, or None when there is none of this number."""
    row = session.get(Conversation, conversation_id)
    if row is None:
        return None
    said = select(Utterance).where(Utterance.conversation_id == row.id)
    latest = session.scalars(said.order_by(Utterance.id.desc()).limit(_MOST)).all()[::-1]
    made = select(Understanding).where(Understanding.conversation_id == row.id)
    understood = {each.utterance_id: each for each in session.scalars(made)}
    topic = topics(session, [row.id], words).get(row.id, NOTHING)
    handover = handovers.open_handover(session, row.id)
    events = handovers.events(session, row.id)
    return View(
        row=row,
        lines=tuple(Line(each, understood.get(each.id)) for each in latest),
        topic=topic,
        handover=handover,
        events=tuple(events),
        alarm=alarms.open_alarm(session, row.id),
        summary=summarise(handover, events, topic, words, now) if handover else None,
        on_the_line=row.sender_id in on_the_line(session, now),
    )
