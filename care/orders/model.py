"""Tables of orders."""

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class Order(Base):
    """A meal or a service that somebody asked for."""

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(4), index=True)
    """Four digits, easy to say; unique among the orders that are still open."""
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    service: Mapped[str] = mapped_column(String(32))
    """A service of the catalogue, or 早餐, 午餐, 晚餐."""
    on: Mapped[date] = mapped_column(Date, index=True)
    at: Mapped[time | None] = mapped_column(Time)
    """When the worker comes; meals have none, they come at meal time."""
    count: Mapped[int] = mapped_column(default=1)
    """Portions of a meal; 1 for a service."""
    diet: Mapped[str | None] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default="placed", index=True)
    """placed, done or cancelled."""
    placed_at: Mapped[datetime] = mapped_column(Instant)


class OrderEvent(Base):
    """One change of an order. Append-only."""

    __tablename__ = "order_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    moment: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text, default="")
