"""What happened to an elder's record: who changed which field, and when."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from care.changes.model import Happening
from care.storage.base import Base, Instant


class ElderEvent(Happening, Base):
    """One change of a record. Append-only; what sealed fields held is not in it."""

    __tablename__ = "elder_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    """added, changed, contact, consent, ability, code, merged, imported, meal_stopped or wechat."""
    field: Mapped[str] = mapped_column(String(32), default="")
    """Of the record, where one changed."""
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")

    def concerns(self) -> tuple[str, str]:
        return "elder", str(self.elder_id)


def events(session: Session, elder_id: int, *, count: int) -> list[ElderEvent]:
    """The newest, newest first."""
    query = select(ElderEvent).where(ElderEvent.elder_id == elder_id)
    return list(session.scalars(query.order_by(ElderEvent.id.desc()).limit(count)))


def note(
    session: Session,
    elder_id: int,
    kind: str,
    *,
    by: str,
    now: datetime,
    field: str = "",
    before: str = "",
    after: str = "",
) -> None:
    """Adds one event."""
    session.add(
        ElderEvent(
            elder_id=elder_id, at=now, by=by, kind=kind, field=field, before=before, after=after
        )
    )
