"""How many called and wrote, and how much of what they said was understood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from care.calls.model import Call
from care.conversations.model import Conversation, Understanding, Utterance
from care.figures.period import Period

PHONE = "phone"
"""Channel of conversations by telephone; all others are written."""
NOT_UNDERSTOOD = "nlu_fallback"
"""What the dialogue engine calls an utterance that fits nothing it knows."""


@dataclass(frozen=True)
class Talks:
    """A period's calls and chats; what is by step has an entry for each."""

    calls_by_step: tuple[int, ...]
    """Calls that came in."""
    connected: int
    """Of those, the ones that were picked up, by the assistant or a person."""
    calls_out: int
    chats_by_step: tuple[int, ...]
    """Conversations in writing in which an elder wrote then."""
    chats: int
    """In the whole period: one that goes on over a step's end counts once."""
    heard_by_step: tuple[int, ...]
    """Utterances of elders that the dialogue engine looked at."""
    understood_by_step: tuple[int, ...]

    @property
    def calls(self) -> int:
        """All that came in."""
        return sum(self.calls_by_step)

    @property
    def heard(self) -> int:
        """All utterances that the dialogue engine looked at."""
        return sum(self.heard_by_step)

    @property
    def understood(self) -> int:
        """Those that it could make something of."""
        return sum(self.understood_by_step)


def talks(session: Session, period: Period) -> Talks:
    """What was said from the period's beginning until before its end."""
    step = period.step_of(Call.started_at)
    calls = session.execute(
        select(step, func.count(), func.count(Call.answered_at))
        .where(period.holds(Call.started_at), Call.direction == "in")
        .group_by(step)
    ).all()
    out = select(func.count()).where(period.holds(Call.started_at), Call.direction == "out")
    step = period.step_of(Understanding.at)
    understood = case((Understanding.intent != NOT_UNDERSTOOD, 1), else_=0)
    heard = session.execute(
        select(step, func.count(), func.sum(understood))
        .where(period.holds(Understanding.at))
        .group_by(step)
    ).all()
    return Talks(
        calls_by_step=by_step(period, calls),
        connected=sum(row[2] for row in calls),
        calls_out=session.scalar(out) or 0,
        chats_by_step=_chats_by_step(session, period),
        chats=_chats(session, period),
        heard_by_step=by_step(period, heard),
        understood_by_step=by_step(period, heard, 2),
    )


def count_by_step(
    session: Session, period: Period, column: InstrumentedAttribute[datetime]
) -> tuple[int, ...]:
    """Rows whose moment lies in the period, by step."""
    step = period.step_of(column)
    query = select(step, func.count()).where(period.holds(column)).group_by(step)
    return by_step(period, session.execute(query))


def by_step(period: Period, rows: Iterable[Sequence[Any]], column: int = 1) -> tuple[int, ...]:
    """One entry a step, 0 where there is no row; the first column of a row is its step."""
    found = {row[0]: int(row[column]) for row in rows}
    return tuple(found.get(number, 0) for number in range(len(period.steps)))


def _chats_by_step(session: Session, period: Period) -> tuple[int, ...]:
    step = period.step_of(Utterance.at)
    query = (
        select(step, func.count(distinct(Utterance.conversation_id)))
        .join(Conversation, Conversation.id == Utterance.conversation_id)
        .where(period.holds(Utterance.at), Utterance.speaker == "elder")
        .where(Conversation.channel != PHONE)
        .group_by(step)
    )
    return by_step(period, session.execute(query))


def _chats(session: Session, period: Period) -> int:
    query = (
        select(func.count(distinct(Utterance.conversation_id)))
        .join(Conversation, Conversation.id == Utterance.conversation_id)
        .where(period.holds(Utterance.at), Utterance.speaker == "elder")
        .where(Conversation.channel != PHONE)
    )
    return session.scalar(query) or 0
