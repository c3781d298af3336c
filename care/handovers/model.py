"""Table of handovers."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class Handover(Base):
    """A caller who wants, or needs, a person: waiting → claimed → closed."""

    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    """asked, unanswered, failure or complaint."""
    state: Mapped[str] = mapped_column(String(16), default="waiting", index=True)
    operator: Mapped[str | None] = mapped_column(String(64))
    requested_at: Mapped[datetime] = mapped_column(Instant)
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
