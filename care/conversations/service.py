"""Finds, starts and continues conversations."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.conversations.model import Conversation, Understanding, Utterance

FRESH_AFTER = timedelta(minutes=30)
"""Silence after which what was half said no longer counts; orders stay, of course."""
UNASKED = "assistant"
"""As `operator` of an utterance: the assistant said it by itself, not as an answer."""


def open_conversation(
    session: Session, *, sender_id: str, channel: str, now: datetime
) -> Conversation:
    """The sender's conversation, started if there is none; fresh after long silence."""
    found = _by_sender(session, sender_id)
    if found is None:
        found = Conversation(sender_id=sender_id, channel=channel, started_at=now, last_at=now)
        try:
            with session.begin_nested():
                session.add(found)
        except IntegrityError:  # the same sender's first two sentences came at once
            found = _by_sender(session, sender_id)
            if found is None:
                raise
    if now - found.last_at > FRESH_AFTER:
        found.session += 1
        found.pending = None
    found.last_at = now
    return found


def record(
    session: Session,
    *,
    conversation: Conversation,
    speaker: str,
    text: str,
    now: datetime,
    operator: str | None = None,
) -> Utterance:
    """Appends one utterance; `operator` says which one spoke."""
    said = Utterance(
        conversation_id=conversation.id, at=now, speaker=speaker, text=text, operator=operator
    )
    session.add(said)
    return said


def transcript(session: Session, conversation_id: int) -> list[Utterance]:
    """Everything said, oldest first."""
    query = select(Utterance).where(Utterance.conversation_id == conversation_id)
    return list(session.scalars(query.order_by(Utterance.id)))


def last_said(
    session: Session, conversation_id: int, *, speaker: str, before: int = 0
) -> str | None:
    """What this speaker said last, or so many times before that."""
    query = (
        select(Utterance.text)
        .where(Utterance.conversation_id == conversation_id, Utterance.speaker == speaker)
        .order_by(Utterance.id.desc())
    )
    return session.scalar(query.offset(before).limit(1))


def last_by(session: Session, conversation_id: int, *, speaker: str) -> int | None:
    """The number of what this speaker said last."""
    query = select(func.max(Utterance.id)).where(
        Utterance.conversation_id == conversation_id, Utterance.speaker == speaker
    )
    return session.scalar(query)


def newest(session: Session, conversation_id: int) -> int:
    """The number of the last utterance; 0 when nothing was said."""
    query = select(func.max(Utterance.id)).where(Utterance.conversation_id == conversation_id)
    return session.scalar(query) or 0


def said_unasked(session: Session, conversation_id: int, *, after: int) -> list[Utterance]:
    """What nobody's utterance was answered with: operators' words, and the assistant's own
    questions, since the utterance of this number, oldest first."""
    query = select(Utterance).where(
        Utterance.conversation_id == conversation_id,
        or_(Utterance.speaker == "operator", Utterance.operator == UNASKED),
        Utterance.id > after,
    )
    return list(session.scalars(query.order_by(Utterance.id)))


def last_known(session: Session, conversation_id: int) -> dict[str, str]:
    """What was known of the matter after the last utterance that was understood."""
    query = (
        select(Understanding.slots)
        .where(Understanding.conversation_id == conversation_id)
        .order_by(Understanding.utterance_id.desc())
    )
    return session.scalar(query.limit(1)) or {}


def of_sender(session: Session, sender_id: str, *, channel: str) -> Conversation | None:
    """The sender's conversation, if it is on this channel."""
    found = _by_sender(session, sender_id)
    return found if found is not None and found.channel == channel else None


def set_pending(session: Session, conversation_id: int, question: str | None) -> None:
    """Notes which yes-or-no question stands open."""
    session.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(pending=question)
    )


def start_afresh(session: Session, conversation_id: int) -> None:
    """What was half said no longer counts: the dialogue engine gets a new tracker."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(session=Conversation.session + 1, pending=None)
    )


def by_dialogue_id(session: Session, dialogue_id: str) -> Conversation | None:
    """The conversation that a `Conversation.dialogue_id` belongs to."""
    number = dialogue_id.removeprefix("c").partition("-")[0]
    return session.get(Conversation, int(number)) if number.isdigit() else None


def _by_sender(session: Session, sender_id: str) -> Conversation | None:
    return session.scalar(select(Conversation).where(Conversation.sender_id == sender_id))
