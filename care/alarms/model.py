"""Tables of alarms, of everything that happened to them, and of what has to go out for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.changes.model import Happening
from care.storage.base import Base, Instant


class Alarm(Base):
    """Someone may be in danger. Open until a person closes it; the fields follow SCAIP."""

    __tablename__ = "alarms"
    __table_args__ = (Index("ix_alarms_source_reference", "source", "reference", unique=True),)

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
    """See care.alarms.state."""
    raised_at: Mapped[datetime] = mapped_column(Instant, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    source: Mapped[str] = mapped_column(String(64), default="speech", server_default="speech")
    """Who sent it: speech, desk, or whatever else has references of its own (a device's key)."""
    reference: Mapped[str | None] = mapped_column(String(64))
    """The sender's own: the same source and reference are the same alarm, however often sent."""
    controller: Mapped[str | None] = mapped_column(String(64))
    """SCAIP `cid`: the home unit that passed the alarm on."""
    device: Mapped[str | None] = mapped_column(String(64))
    """SCAIP `did`: the pendant or detector."""
    device_type: Mapped[str | None] = mapped_column(String(16))
    """SCAIP `dty`."""
    elder_id: Mapped[int | None]
    """Of `elders`, where the sender knows it."""
    case_ref: Mapped[str | None] = mapped_column(String(16), index=True)
    """The first alarm of those that came from one home within minutes; its own for a lonely one."""

    escalation: Mapped[str | None] = mapped_column(String(32))
    """The last rung of the ladder that was climbed in this state (`data/alarms/ladder.yml`)."""
    instruction: Mapped[str | None] = mapped_column(Text)
    """What a person at the desk has to do now, such as dialling 120."""
    handled_by: Mapped[str | None] = mapped_column(String(64))
    """The operator who has it in hand."""
    responder: Mapped[str | None] = mapped_column(String(64))
    """Who was sent."""
    outcome: Mapped[str | None] = mapped_column(String(32))
    """How it ended: care.alarms.outcome."""
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    dispatched_at: Mapped[datetime | None] = mapped_column(Instant)
    on_site_at: Mapped[datetime | None] = mapped_column(Instant)


class AlarmEvent(Happening, Base):
    """One change of an alarm: when, what, by whom. Append-only; the database refuses the rest."""

    __tablename__ = "alarm_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    alarm_id: Mapped[int] = mapped_column(ForeignKey("alarms.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
    how: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """By which way it came: web, phone, desk, cli, device, ladder, …"""
    hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the hash of the event before and this one's content (care.alarms.chain)."""

    def concerns(self) -> tuple[str, str]:
        """As care.changes.model.Happening."""
        return "alarm", str(self.alarm_id)


class AlarmLadder(Base):
    """How far an alarm has got in waiting for a person: made with it, in the same transaction.

    Time is counted in seconds of waiting, not as moments: a clock that is set back delays nothing.
    """

    __tablename__ = "alarm_ladders"

    id: Mapped[int] = mapped_column(primary_key=True)
    alarm_id: Mapped[int] = mapped_column(ForeignKey("alarms.id"), unique=True)
    climbed: Mapped[int] = mapped_column(default=0)
    """Rungs of the alarm's present state that are done."""
    waited: Mapped[float] = mapped_column(Double, default=0.0)
    """Seconds in the present state, as far as they were counted."""
    counted_at: Mapped[datetime] = mapped_column(Instant)
    """When `waited` was counted last."""
    rests: Mapped[bool] = mapped_column(default=False, index=True)
    """No rung is left in this state, or the alarm is closed."""
    owner: Mapped[str | None] = mapped_column(String(64))
    """The process that counts."""
    beat: Mapped[int] = mapped_column(default=0)
    """Grows while the owner lives."""


class AlarmOutgoing(Base):
    """One notice that has to reach people outside: the outbox of the ladder."""

    __tablename__ = "alarm_outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    alarm_id: Mapped[int] = mapped_column(ForeignKey("alarms.id"), index=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    """Alarm, rung and audience: whoever was told under a key isn't told twice."""
    rung: Mapped[str] = mapped_column(String(32))
    audience: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    owner: Mapped[str | None] = mapped_column(String(64))
    beat: Mapped[int] = mapped_column(default=0)
