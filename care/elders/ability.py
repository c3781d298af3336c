"""Assessments of what an elder can do alone; all are kept."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from care.elders.event import note
from care.elders.model import Elder
from care.storage.base import Base, Instant

LEVELS = range(5)
"""0 能力完好, 1 轻度失能, 2 中度失能, 3 重度失能, 4 完全失能 (GB/T 42195-2022)."""


class ElderAbility(Base):
    """One assessment. Append-only: a wrong one is followed by a right one."""

    __tablename__ = "elder_abilities"

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    level: Mapped[int]
    """0 to 4."""
    on: Mapped[date] = mapped_column(Date)
    assessor: Mapped[str] = mapped_column(String(64))
    """Person or institution."""
    at: Mapped[datetime] = mapped_column(Instant)
    """When it was written down."""
    by: Mapped[str] = mapped_column(String(64))


def assessments(session: Session, elder_id: int) -> list[ElderAbility]:
    """All of an elder, the latest first."""
    query = select(ElderAbility).where(ElderAbility.elder_id == elder_id)
    return list(session.scalars(query.order_by(ElderAbility.on.desc(), ElderAbility.id.desc())))


def assess(
    session: Session,
    elder: Elder,
    level: int,
    *,
    on: date,
    assessor: str,
    by: str,
    now: datetime,
) -> None:
    """Writes an assessment down; the one of the latest day is the elder's."""
    if level not in LEVELS:
        raise ValueError(f"{level} is no level: 0 to 4")
    session.add(
        ElderAbility(elder_id=elder.id, level=level, on=on, assessor=assessor, at=now, by=by)
    )
    before = "" if elder.ability is None else str(elder.ability)
    note(session, elder.id, "ability", by=by, now=now, before=before, after=str(level))
    if elder.ability_on is None or on >= elder.ability_on:
        elder.ability, elder.ability_on, elder.ability_by = level, on, assessor
