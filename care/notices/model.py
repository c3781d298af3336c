"""The table of what was sent to whom, and what came of it."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class NoticeDelivery(Base):
    """One attempt to tell one recipient over one channel. Append-only."""

    __tablename__ = "notice_deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), index=True)
    """Of the notice (`care.notices.port.Notice`)."""
    alarm_ref: Mapped[str | None] = mapped_column(String(32), index=True)
    audience: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(64))
    """The name that the settings give them; an elder's contacts are only counted."""
    channel: Mapped[str] = mapped_column(String(32))
    target: Mapped[str] = mapped_column(String(64))
    """Masked."""
    attempt: Mapped[int]
    """1 is the first over this channel."""
    state: Mapped[str] = mapped_column(String(16))
    """delivered or failed."""
    at: Mapped[datetime] = mapped_column(Instant)
    error: Mapped[str | None] = mapped_column(String(64))
    """A code such as `timeout` or `http 500`; never what the other side wrote."""
