"""Tables of calls, of all that happened in them, and of their recordings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class Call(Base):
    """One telephone call, in or out."""

    __tablename__ = "calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(24), unique=True)
    leg: Mapped[str] = mapped_column(String(64))
    """Id of the connection with the caller, for the line's own logs."""
    direction: Mapped[str] = mapped_column(String(8))
    """in or out (care.calls.kind.Direction)."""
    channel: Mapped[str] = mapped_column(String(16))
    """What carried it: sip, asterisk or audiosocket."""
    process: Mapped[str] = mapped_column(String(64), default="", index=True)
    """Which hotline process had it; after a crash it closes its own calls and no other's."""
    peer: Mapped[str | None] = mapped_column(String(200))
    """Where other processes reach that one, http(s)://host:port."""
    caller: Mapped[str | None] = mapped_column(String(32))
    """The elder's number, whoever called whom; None when it was withheld."""
    called: Mapped[str | None] = mapped_column(String(64))
    elder_id: Mapped[int | None] = mapped_column(ForeignKey("elders.id"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Instant, index=True)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    why: Mapped[str | None] = mapped_column(String(64))
    """Why it ended: the line's word for it (they hung up, lost, …), or `crashed`."""
    consent: Mapped[str] = mapped_column(String(16), default="unknown")
    """To be recorded (care.calls.kind.Consent); without it no words and no sound stay."""


class CallEvent(Base):
    """One thing that happened in a call. Append-only, but for words that must be forgotten."""

    __tablename__ = "call_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    """When it happened; what somebody said: when it began, with `seconds` in its detail."""
    kind: Mapped[str] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What care.calls.detail let through: words only where somebody spoke."""


class CallRecording(Base):
    """The sound of one voice on one leg, in a sealed file."""

    __tablename__ = "call_recordings"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    leg: Mapped[str] = mapped_column(String(64))
    speaker: Mapped[str] = mapped_column(String(16))
    """elder, assistant or operator."""
    path: Mapped[str] = mapped_column(String(200), unique=True)
    """Under the folder of recordings."""
    rate: Mapped[int]
    """Hz of the sound."""
    started_at: Mapped[datetime] = mapped_column(Instant, index=True)
    seconds: Mapped[float | None] = mapped_column(Double)
    """None while it is written, and for ever after a crash: then the file itself tells."""
    problem: Mapped[str | None] = mapped_column(String(64))
    """Why it breaks off; None when all is there."""
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)
    deleted_why: Mapped[str | None] = mapped_column(String(16))
    """expired, or refused."""
