"""Tables of conversations and utterances."""

from datetime import datetime

from sqlalchemy import JSON, Double, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.changes.model import Happening
from care.storage.base import Base, Instant


class Conversation(Base):
    """One sender on one channel, over all their sessions."""

    __tablename__ = "conversations"

    id: Mapped[int] = mapped_column(primary_key=True)
    sender_id: Mapped[str] = mapped_column(String(128), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    session: Mapped[int] = mapped_column(default=1)
    """Counts fresh starts; the dialogue engine gets a new tracker for each."""
    pending: Mapped[str | None] = mapped_column(String(32))
    """A yes-or-no question of the assistant's own that stands open (see bot.pending)."""
    started_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)

    @property
    def dialogue_id(self) -> str:
        """The sender id that the dialogue engine sees: says nothing about the person.

        The moment keeps it apart from an earlier database's conversation of the same number.
        """
        return f"c{self.id}-{self.session}-{self.started_at.timestamp():.0f}"


class Utterance(Happening, Base):
    """One thing said, by whom, and when. Append-only."""

    __tablename__ = "utterances"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    speaker: Mapped[str] = mapped_column(String(16))
    """elder, assistant or operator."""
    text: Mapped[str] = mapped_column(Text)
    operator: Mapped[str | None] = mapped_column(String(64))
    """Who, when an operator said it: their sign-in name; `assistant` when the assistant said it
    without having been asked."""

    def concerns(self) -> tuple[str, str]:
        """The conversation."""
        return "conversation", str(self.conversation_id)


class Understanding(Happening, Base):
    """What the dialogue engine made of one utterance of an elder. Append-only."""

    __tablename__ = "understandings"

    utterance_id: Mapped[int] = mapped_column(ForeignKey("utterances.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    intent: Mapped[str] = mapped_column(String(64))
    confidence: Mapped[float] = mapped_column(Double)
    """0 to 1, as the classifier gives it."""
    slots: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """All that is known of the matter by now, in writing: region, age, meal, …"""

    def concerns(self) -> tuple[str, str]:
        """The conversation."""
        return "conversation", str(self.conversation_id)
