"""What a channel keeps in the very transactions in which an utterance and its answer are kept."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from bot.reply import Reply


class Receipt(Protocol):
    """For a channel that brings the same message again: it is heard once and answered once."""

    @property
    def heard_as(self) -> int | None:
        """The utterance's number, when an earlier attempt has stored it already."""
        ...

    def heard(self, session: Session, conversation_id: int, utterance_id: int) -> None:
        """The utterance is about to be stored. Whatever this raises undoes it."""
        ...

    def answered(self, session: Session, replies: Sequence[Reply]) -> None:
        """The replies are about to be stored; none when there is nothing to say."""
        ...
