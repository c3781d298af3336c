"""Tables of benefits that find people."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from care.changes.model import Happening
from care.storage.base import Base, Instant


class BenefitRound(Base):
    """One night's run over all elders: how far it is, and which process has it."""

    __tablename__ = "benefit_rounds"

    night: Mapped[date] = mapped_column(primary_key=True)
    """The day whose ages and records it goes by."""
    owner: Mapped[str | None] = mapped_column(String(64))
    held_until: Mapped[datetime] = mapped_column(Instant)
    """After which another process may take it; every batch moves it on."""
    started_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    last_elder: Mapped[int] = mapped_column(default=0)
    """The highest elder id that is done: where a run that was killed goes on."""
    elders: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0)
    """Cases that became new or to check."""
    lapsed: Mapped[int] = mapped_column(default=0)


class BenefitCase(Base):
    """One rule that holds, or may hold, for one elder who doesn't get what it gives."""

    __tablename__ = "benefit_cases"
    __table_args__ = (
        UniqueConstraint("elder_id", "rule"),
        Index(None, "state", "benefit", "region"),
        Index("ix_benefit_cases_latest", "state", "changed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"))
    rule: Mapped[str] = mapped_column(String(64))
    """Its id in data/entitlements/rules: reason and source stand there."""
    benefit: Mapped[str] = mapped_column(String(32))
    region: Mapped[str] = mapped_column(String(32))
    """Where the elder lived when it was found."""
    state: Mapped[str] = mapped_column(String(16))
    """care.benefits.state.State."""
    missing: Mapped[str | None] = mapped_column(String(16))
    """The one fact that is to be checked (care.entitlements.profile.Fact), or `office`."""
    found_at: Mapped[datetime] = mapped_column(Instant)
    """When it was found last."""
    changed_at: Mapped[datetime] = mapped_column(Instant)


class BenefitEvent(Happening, Base):
    """One step of a case. Append-only."""

    __tablename__ = "benefit_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("benefit_cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    """A `Step`, or found, sure or lapsed (by the round), asked or missed (telling)."""
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")

    def concerns(self) -> tuple[str, str]:
        """The case."""
        return "benefit", str(self.case_id)


class BenefitReceipt(Base):
    """What an elder gets already, so that nobody tells them again."""

    __tablename__ = "benefit_receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    benefit: Mapped[str] = mapped_column(String(32))
    rule: Mapped[str | None] = mapped_column(String(64))
    """Which band of it; None covers the whole benefit."""
    since: Mapped[date | None]
    ended_on: Mapped[date | None]
    """The first day without it."""
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))


class BenefitNotice(Base):
    """One time that somebody asked for an elder to be told: waiting → sending → told or failed."""

    __tablename__ = "benefit_notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("benefit_cases.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    """call, sms or wechat."""
    text: Mapped[str] = mapped_column(Text)
    spoken: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default="waiting", index=True)
    by: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    owner: Mapped[str | None] = mapped_column(String(64))
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
