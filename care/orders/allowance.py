"""Table of the free hours that a district granted to one elder."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class HourGrant(Base):
    """So many free minutes a month from a day on, as an official decided. The latest one counts."""

    __tablename__ = "hour_grants"
    __table_args__ = (CheckConstraint("minutes >= 0", name="minutes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    minutes: Mapped[int]
    """A month."""
    since: Mapped[date] = mapped_column(Date)
    """The first of a month."""
    by: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
    """By which decision."""
    at: Mapped[datetime] = mapped_column(Instant)
