"""Tables of alarms and of everything that happened to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class Alarm(Base):
    """Someone may be in danger. Open until a person closes it; the fields follow SCAIP."""

    __tablename__ = "alarms"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    category: Mapped[str] = mapped_column(String(32))
    severity: Mapped[int]
    """1 = life in danger now, 2 = urgent, 3 = look into it soon."""
    said: Mapped[str] = mapped_column(Text)
    person: Mapped[str | None] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(String(32))
    place: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """What was learnt by asking: breathing, conscious, alone, …"""
    follow_up: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Where the questions after the alarm stand (bot.emergency.follow_up)."""
    state: Mapped[str] = mapped_column(String(16), default="raised", index=True)
    """raised or closed; the operators' desk adds the steps between."""
    raised_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class AlarmEvent(Base):
    """One change of an alarm: when, what, by whom. Append-only."""

    __tablename__ = "alarm_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    alarm_id: Mapped[int] = mapped_column(ForeignKey("alarms.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
