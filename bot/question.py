"""Questions of the assistant's own that can wait until the elder's concern is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from bot.reply import Reply
from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.orders.model import Order
from care.orders.steps import Act

_LONGEST = {"phone": 60}
"""Characters of an answer after which something may still be asked: of a longer one the telephone
tells a part, and asks by itself whether to go on."""


@dataclass(frozen=True)
class Asked:
    """One question."""

    text: str
    expects: str
    """The slot that it asks for; `confirmed` stands for any yes or no."""
    order: Order
    """What it is about."""


class Question(Protocol):
    """One matter about which something may be asked; the answer is heard by an errand."""

    def next(self, session: Session, row: Conversation, now: datetime) -> Asked | None:
        """What to ask in this conversation; None when there is nothing."""
        ...

    def asked(self, session: Session, order: Order, utterance_id: int, act: Act) -> None:
        """It was asked of this order, in the utterance of this number."""
        ...


def ask_one(
    questions: Sequence[Question],
    session: Session,
    row: Conversation,
    replies: Sequence[Reply],
    now: datetime,
) -> Asked | None:
    """Asks the first that there is, behind `replies`, which are recorded already."""
    if sum(len(reply.text) for reply in replies) > _LONGEST.get(row.channel, 1_000):
        return None
    for question in questions:
        found = question.next(session, row, now)
        if found is None:
            continue
        said = conversations.record(
            session, conversation=row, speaker="assistant", text=found.text, now=now
        )
        session.flush()
        question.asked(session, found.order, said.id, Act("assistant", now, row.channel))
        return found
    return None
