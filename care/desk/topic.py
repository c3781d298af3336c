"""What each conversation is about, and what the elder said last."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.conversations.model import Understanding, Utterance
from care.desk.words import Words


@dataclass(frozen=True)
class Topic:
    """The matter of one conversation."""

    label: str | None = None
    """In a few characters: 订饭; None when the dialogue engine never told."""
    known: dict[str, str] = field(default_factory=dict)
    """What is known of it, by its Chinese name: 餐次 → 午饭."""
    last_said: str | None = None
    """The elder's last utterance, in full."""


NOTHING = Topic()


def topics(session: Session, conversation_ids: Collection[int], words: Words) -> dict[int, Topic]:
    """The topic of each of these conversations."""
    if not conversation_ids:
        return {}
    wanted = list(conversation_ids)
    last = (
        select(func.max(Utterance.id))
        .where(Utterance.conversation_id.in_(wanted), Utterance.speaker == "elder")
        .group_by(Utterance.conversation_id)
    )
    said = {
        row.conversation_id: row.text
        for row in session.scalars(select(Utterance).where(Utterance.id.in_(last)))
    }
    told = (
        select(func.max(Understanding.utterance_id))
        .where(
            Understanding.conversation_id.in_(wanted), Understanding.intent.in_(list(words.topics))
        )
        .group_by(Understanding.conversation_id)
    )
    matters = {
        row.conversation_id: row
        for row in session.scalars(
            select(Understanding).where(Understanding.utterance_id.in_(told))
        )
    }
    return {
        number: Topic(
            words.topics[matters[number].intent] if number in matters else None,
            known(matters[number].slots, words) if number in matters else {},
            said.get(number),
        )
        for number in wanted
    }


def known(slots: dict[str, str], words: Words) -> dict[str, str]:
    """The slots that operators know a name for, in the order of the words."""
    return {label: slots[slot] for slot, label in words.slots.items() if slots.get(slot)}
