"""Tables of handovers and of their course."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from care.changes.model import Happening
from care.storage.base import Base, Instant

_OPEN = text("state != 'closed'")


class Handover(Base):
    """A caller who wants, or needs, a person: waiting ⇄ claimed → closed."""

    __tablename__ = "handovers"
    __table_args__ = (
        # Two open ones of one caller could go to two operators.
        Index(
            "uq_handovers_open",
            "conversation_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    """asked, unanswered, failure, complaint, silence, call_back or taken_over."""
    state: Mapped[str] = mapped_column(String(16), default="waiting", index=True)
    operator: Mapped[str | None] = mapped_column(String(64))
    """Who has claimed it, or who closed it."""
    requested_at: Mapped[datetime] = mapped_column(Instant, index=True)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    wrap_up: Mapped[str | None] = mapped_column(String(32))
    """What became of it: a code of `data/desk/words.yml`, or `handed_back` to the assistant."""


class HandoverEvent(Happening, Base):
    """One change of a handover: when, what, by whom. Append-only."""

    __tablename__ = "handover_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handovers.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    """requested, claimed, released, handed_back or closed; on the telephone also joined, listens,
    whispers, left, held, resumed, invited and not_reached."""
    by: Mapped[str] = mapped_column(String(64))
    """Sign-in name of an operator, `assistant`, or `desk` for what nobody did."""
    note: Mapped[str] = mapped_column(Text, default="")

    def concerns(self) -> tuple[str, str]:
        """The conversation: a page knows it before it knows the handover."""
        return "handover", str(self.conversation_id)
