"""Small matters that are settled without the dialogue engine: a code, a channel's own setting."""

from typing import Protocol

from bot.dialogue import Said
from care.conversations.model import Conversation


class Spoken(Protocol):
    """What an errand may know of an utterance (`bot.incoming.Incoming`)."""

    @property
    def sender_id(self) -> str:
        """Who, within their channel."""
        ...

    @property
    def channel(self) -> str:
        """By which way."""
        ...

    @property
    def caller_phone(self) -> str | None:
        """The calling number, where the channel vouches for it."""
        ...


class Errand(Protocol):
    """One such matter. Asked after emergencies and operators, before the dialogue engine."""

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """What to say, with everything that had to be done for it done; None when the utterance
        (normalised) is about something else."""
        ...
