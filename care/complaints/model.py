"""Tables of complaints and of what was done about each."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.changes.model import Happening
from care.storage.base import Base, Instant
from care.storage.seal import Sealed


class Complaint(Base):
    """Somebody isn't content with what was done, or not done."""

    __tablename__ = "complaints"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("providers.id"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    kind: Mapped[str] = mapped_column(String(16))
    """A name of `data/complaints/words.yml`."""
    text: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(64), default="")
    phone: Mapped[str] = mapped_column(Sealed("complaints.phone"), default="")
    """Where to call back; pages show it masked."""
    state: Mapped[str] = mapped_column(String(16), default="open", index=True)
    """open, in_hand or closed."""
    owner: Mapped[str | None] = mapped_column(String(64))
    """Sign-in name of the operator who has it in hand."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    """Until when it has to be closed."""
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(String(16))
    """upheld, partly, unfounded or withdrawn."""


class ComplaintEvent(Happening, Base):
    """One step of a complaint's course. Append-only."""

    __tablename__ = "complaint_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(16))
    """made, taken, remarked, overdue, closed or reopened."""
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")

    def concerns(self) -> tuple[str, str]:
        """The complaint."""
        return "complaint", str(self.complaint_id)
