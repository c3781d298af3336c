"""Tables of visits and of their course."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from care.changes.model import Happening
from care.storage.base import Base, Instant
from care.storage.seal import Sealed

PUT_OFF = "put_off"
"""Kind of an event: the elder said, not now."""

_CALLING = text("result IS NULL")


class Visit(Base):
    """One visit that an elder is to get in a month: planned → done, missed or dropped."""

    __tablename__ = "visits"
    __table_args__ = (
        UniqueConstraint("elder_id", "month", "nth", name="uq_visits_elder_id"),
        Index("ix_visits_month_state", "month", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"))
    month: Mapped[date] = mapped_column(Date)
    """Its first day."""
    nth: Mapped[int]
    """Of the elder's visits in this month, from 1."""
    region: Mapped[str | None] = mapped_column(String(32), index=True)
    """Where the elder lived when it was planned: figures count it there, wherever they move."""
    rule: Mapped[str] = mapped_column(String(32))
    """That asks for it (data/visits/rules.yml)."""
    by_phone: Mapped[bool] = mapped_column(Boolean)
    """Whether a telephone call counts."""
    due_from: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    """The last day."""
    state: Mapped[str] = mapped_column(String(16), default="planned")
    """care.visits.state.State."""
    steward_id: Mapped[int | None] = mapped_column(ForeignKey("stewards.id"), index=True)
    in_person: Mapped[str | None] = mapped_column(String(16))
    """Why somebody has to go there, after the telephone did not do (care.visits.state.Why)."""
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_how: Mapped[str | None] = mapped_column(String(16))
    """care.visits.state.How."""
    visitor: Mapped[str | None] = mapped_column(String(64))
    """Who was there; None for the assistant."""


class VisitEvent(Happening, Base):
    """One change of a visit: when, what, by whom. Append-only."""

    __tablename__ = "visit_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    """planned, assigned, called, in_person, put_off, done, missed, dropped or corrected."""
    by: Mapped[str] = mapped_column(String(64))
    """Sign-in name of an operator, `assistant`, or `plan`."""
    note: Mapped[str] = mapped_column(Text, default="")

    def concerns(self) -> tuple[str, str]:
        """As care.changes.model.Happening."""
        return "visit", str(self.visit_id)


class VisitCall(Base):
    """One try to reach the elder by telephone."""

    __tablename__ = "visit_calls"
    __table_args__ = (
        UniqueConstraint("visit_id", "nth", name="uq_visit_calls_visit_id"),
        Index(
            "ix_visit_calls_open",
            "started_at",
            sqlite_where=_CALLING,
            postgresql_where=_CALLING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"))
    nth: Mapped[int]
    """From 1. Whoever stores the row places the call: no two processes do."""
    process: Mapped[str] = mapped_column(String(64))
    """Which one placed it; after a crash it settles its own."""
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    result: Mapped[str | None] = mapped_column(String(16))
    """care.visits.state.Result; None while it goes on."""
    outcome: Mapped[str | None] = mapped_column(String(16))
    """How the talk went, as soon as it says so itself (care.visits.state.Result)."""
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))


class VisitAnswer(Base):
    """What an elder said to one question. Append-only; the latest of a question counts."""

    __tablename__ = "visit_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("visit_calls.id"))
    """None for what a person wrote down."""
    at: Mapped[datetime] = mapped_column(Instant)
    question: Mapped[str] = mapped_column(String(16))
    finding: Mapped[str] = mapped_column(String(16))
    """Of data/visits/script.yml; `unclear` when nothing was understood."""
    said: Mapped[str] = mapped_column(Sealed("visit_answers.said"))
    """The words that were heard: somebody's health."""


class Steward(Base):
    """养老管家: who visits the elders of some communities."""

    __tablename__ = "stewards"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(32))
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class StewardRegion(Base):
    """Which steward a region has; every region has one at most."""

    __tablename__ = "steward_regions"

    region: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Full name in data/regions.yml."""
    steward_id: Mapped[int] = mapped_column(ForeignKey("stewards.id"), index=True)
