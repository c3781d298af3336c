"""Tables of what providers' slots have left, and of which order took how much."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base


class ProviderSlot(Base):
    """How full one slot of one provider's day is. The database refuses more than there is."""

    __tablename__ = "provider_slots"
    __table_args__ = (
        UniqueConstraint("provider_id", "pool", "on", "slot"),
        CheckConstraint("taken >= 0 AND taken <= places", name="not_oversold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int]
    """Of `providers`."""
    pool: Mapped[str] = mapped_column(String(32))
    """The service, or "" for all those that share one capacity."""
    on: Mapped[date] = mapped_column(Date)
    slot: Mapped[str] = mapped_column(String(16))
    """Of care.providers.slot."""
    taken: Mapped[int] = mapped_column(default=0)
    places: Mapped[int] = mapped_column(default=0)
    """The provider's capacity when something was booked last."""


class OrderBooking(Base):
    """What one order takes of a slot, from the offer until it is given back."""

    __tablename__ = "order_bookings"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("provider_slots.id"), index=True)
    count: Mapped[int]
