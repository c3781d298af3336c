"""Tables of the desk: seats, call-backs, and what happened to both."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.changes.model import Happening
from care.storage.base import Base, Instant


class Seat(Base):
    """An operator at the desk, in however many windows."""

    __tablename__ = "seats"

    operator: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Their sign-in name."""
    state: Mapped[str] = mapped_column(String(16))
    """care.desk.state.SeatState."""
    since: Mapped[datetime] = mapped_column(Instant)
    """When the state began."""
    seen_at: Mapped[datetime] = mapped_column(Instant)
    """When a window of theirs was last known to be open."""


class SeatEvent(Happening, Base):
    """A seat's new state, and why. Append-only."""

    __tablename__ = "seat_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    operator: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(String(16))
    """chosen, claimed, ended, or gone (no window was open any more)."""

    def concerns(self) -> tuple[str, str]:
        """The seat."""
        return "seat", self.operator


class Callback(Base):
    """Somebody is to be telephoned: open ⇄ taken → done or given_up."""

    __tablename__ = "callbacks"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    person: Mapped[str] = mapped_column(String(64), default="")
    """Whom to ask for; empty when nobody knows."""
    phone: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(16), default="open", index=True)
    operator: Mapped[str | None] = mapped_column(String(64))
    """Who has taken it, or who ended it."""
    tries: Mapped[int] = mapped_column(default=0)
    """Times that nobody picked up."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class CallbackEvent(Happening, Base):
    """One change of a call-back. Append-only."""

    __tablename__ = "callback_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    callback_id: Mapped[int] = mapped_column(ForeignKey("callbacks.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    """made, taken, released, missed, done or given_up."""
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")

    def concerns(self) -> tuple[str, str]:
        """The call-back."""
        return "callback", str(self.callback_id)
