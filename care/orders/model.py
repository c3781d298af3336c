"""Tables of orders, of all that happened to them, and of who was asked to take them."""

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, Index, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from care.canteens.way import DELIVERY
from care.changes.model import Happening
from care.orders.state import PLACED
from care.storage.base import Base, Instant


class Order(Base):
    """A meal or a service that somebody asked for. Only care.orders.life moves its state."""

    __tablename__ = "orders"
    __table_args__ = (Index("uq_orders_series_day", "series_id", "series_day", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(4), index=True)
    """Four digits, easy to say. With the number left with the order it names one open order."""
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    elder_id: Mapped[int | None] = mapped_column(index=True)
    """Of `elders`, where it is sure who orders."""
    service: Mapped[str] = mapped_column(String(32))
    """A service of the catalogue, or 早餐, 午餐, 晚餐."""
    on: Mapped[date] = mapped_column(Date, index=True)
    at: Mapped[time | None] = mapped_column(Time)
    """When the worker comes; meals have none, they come at meal time."""
    count: Mapped[int] = mapped_column(default=1)
    """Portions of a meal; 1 for a service."""
    diet: Mapped[str | None] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(32))
    """Where that is: the deepest known full name of `data/regions.yml`."""
    way: Mapped[str] = mapped_column(String(16), default=DELIVERY, server_default=DELIVERY)
    """How a meal comes to the elder: of care.canteens.way."""
    canteen_id: Mapped[int | None]
    """Of `canteens`: where the elder eats or fetches it."""
    person: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default=PLACED, index=True)
    """See care.orders.state."""
    placed_at: Mapped[datetime] = mapped_column(Instant)

    provider_id: Mapped[int | None] = mapped_column(index=True)
    """Of `providers`: who was asked, or has it, or did it."""
    worker_id: Mapped[int | None]
    """Of `provider_workers`: who goes there."""
    due_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """When care.orders.due acts, unless somebody was quicker; None: nothing is waited for."""
    attention: Mapped[str | None] = mapped_column(String(16), index=True)
    """Why a person at the desk has to see to it: care.orders.attention."""
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    score: Mapped[int | None]
    """What the elder said afterwards: 1 bad to 5 very good."""

    price: Mapped[int | None]
    """All that it costs, in 分, as it was said before the order was placed; None: not known."""
    subsidy: Mapped[int] = mapped_column(default=0, server_default="0")
    """What others pay of it, in 分."""
    free_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    """Of the month's free hours: set aside until it is done, then what was used."""
    quoted_from: Mapped[str | None] = mapped_column(String(128))
    """Which entries of the catalogue and the rules the figures are from."""

    series_id: Mapped[int | None]
    """Of `order_series`, for one of many."""
    series_day: Mapped[date | None] = mapped_column(Date)
    """The day of the series that it stands for, also after it was moved to another."""


class OrderEvent(Happening, Base):
    """One change of an order: when, what, by whom, how. Append-only; the database refuses more."""

    __tablename__ = "order_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(16))
    """placed, drafted, changed, assigned, asked_desk, or a step of care.orders.state."""
    by: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """caller, assistant, job, or the name of an operator, a worker, a provider's account."""
    how: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """By which way: phone, web, wechat, desk, provider, code, deadline, …"""
    note: Mapped[str] = mapped_column(Text, default="")

    def concerns(self) -> tuple[str, str]:
        """As care.changes.model.Happening."""
        return "order", str(self.order_id)


class OrderOffer(Base):
    """A provider was asked to take an order."""

    __tablename__ = "order_offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    provider_id: Mapped[int] = mapped_column(index=True)
    """Of `providers`."""
    at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str | None] = mapped_column(String(16))
    """accepted, refused, expired, reassigned, changed, cancelled or no_show; None while it is
    open."""
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text, default="")
    """What was said to it; for changed, the day and the hour that it had."""
