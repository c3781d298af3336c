"""Tables of devices, of the messages that they may not send twice, and of what they reported."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class Device(Base):
    """Something in a home that raises alarms. Its key is derived, never stored (`keys`)."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    """What it calls itself in a request."""
    controller: Mapped[str | None] = mapped_column(String(32), unique=True)
    """Its controller id in SCAIP (`cid`), if it speaks that."""
    kind: Mapped[str] = mapped_column(String(16))
    """Of `data/devices.yml`."""
    elder_id: Mapped[int | None] = mapped_column(ForeignKey("elders.id"), index=True)
    place: Mapped[str | None] = mapped_column(Text)
    """Where help has to go; None: the elder's address."""
    key_id: Mapped[str] = mapped_column(String(16))
    """Which line of the secret file its key comes from."""
    salt: Mapped[str] = mapped_column(String(32))
    """Hex; a new one makes a new key."""
    interval: Mapped[int | None]
    """Seconds within which it lets itself be heard; None: it isn't watched."""
    added_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant, index=True)
    quiet_alarm: Mapped[str | None] = mapped_column(String(32))
    """The technical alarm of this silence; None once it was heard again."""
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
    """From then on nothing of it is accepted."""


class DeviceNonce(Base):
    """A signed request that was accepted, so that nobody can send it again."""

    __tablename__ = "device_nonces"
    __table_args__ = (UniqueConstraint("device_id", "nonce"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    nonce: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class DeviceReport(Base):
    """A device's own reference of what it reported: the same one is the same alarm."""

    __tablename__ = "device_reports"
    __table_args__ = (UniqueConstraint("device_id", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    reference: Mapped[str] = mapped_column(String(64))
    round: Mapped[int] = mapped_column(default=1)
    """Small devices count to 9999 and begin again: which time round this is."""
    at: Mapped[datetime] = mapped_column(Instant)
    """When this round was first reported."""
