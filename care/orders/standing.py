"""Tables of standing orders: what comes again and again, and when it doesn't."""

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from care.canteens.way import DELIVERY
from care.storage.base import Base, Instant


class OrderSeries(Base):
    """A meal or a service that comes on many days. Each day becomes an order of its own."""

    __tablename__ = "order_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    elder_id: Mapped[int | None] = mapped_column(index=True)
    """Of `elders`, where it is sure who orders."""
    service: Mapped[str] = mapped_column(String(32))
    at: Mapped[time | None] = mapped_column(Time)
    count: Mapped[int] = mapped_column(default=1)
    diet: Mapped[str | None] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(32))
    way: Mapped[str] = mapped_column(String(16), default=DELIVERY, server_default=DELIVERY)
    canteen_id: Mapped[int | None]
    person: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(32))
    pattern: Mapped[str] = mapped_column(String(64))
    """On which days: care.orders.recurrence.Pattern as text."""
    begins: Mapped[date] = mapped_column(Date)
    ends: Mapped[date | None] = mapped_column(Date, index=True)
    """The last day; None for as long as nobody stops it."""
    festivals: Mapped[str] = mapped_column(String(8), default="ask")
    """What happens on a festival: serve, skip, or ask first."""
    made_at: Mapped[datetime] = mapped_column(Instant)


class OrderPause(Base):
    """Days on which a series doesn't come, both ends included."""

    __tablename__ = "order_pauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("order_series.id"), index=True)
    first: Mapped[date] = mapped_column(Date)
    last: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
