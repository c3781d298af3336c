"""Tables of providers: who they are, under which contract, where, with what and how much."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant
from care.storage.seal import Sealed


class Provider(Base):
    """An enterprise, station or canteen that serves elders. Never deleted: orders name it."""

    __tablename__ = "providers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    phone: Mapped[str] = mapped_column(String(32))
    """Of its office; published, so neither sealed nor masked."""
    address: Mapped[str] = mapped_column(String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    """Whether it is offered anything at all."""
    quality: Mapped[int] = mapped_column(default=80, server_default="80")
    """0 to 100, as care.providers.quality works it out each hour; who is better is asked first."""
    created_at: Mapped[datetime] = mapped_column(Instant)


class ProviderContract(Base):
    """A span of days in which a provider may be offered orders, both ends included."""

    __tablename__ = "provider_contracts"
    __table_args__ = (CheckConstraint("ends >= begins", name="span"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    number: Mapped[str] = mapped_column(String(64))
    """As it stands on paper."""
    begins: Mapped[date] = mapped_column(Date)
    ends: Mapped[date] = mapped_column(Date)


class ProviderArea(Base):
    """A region that a provider serves, with all its parts."""

    __tablename__ = "provider_areas"

    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), primary_key=True)
    region: Mapped[str] = mapped_column(String(32), primary_key=True)
    """A full name of `data/regions.yml`."""


class ProviderService(Base):
    """Something that a provider does."""

    __tablename__ = "provider_services"

    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), primary_key=True)
    service: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
    """A name of the catalogue, or 早餐, 午餐, 晚餐."""


class ProviderCapacity(Base):
    """How many orders a provider takes in one slot of one day of the week."""

    __tablename__ = "provider_capacities"
    __table_args__ = (CheckConstraint("count >= 0", name="count"),)

    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), primary_key=True)
    service: Mapped[str] = mapped_column(String(32), primary_key=True)
    """A service that it does, or "" for all those that have no row of their own together."""
    weekday: Mapped[int] = mapped_column(primary_key=True)
    """0 for Monday to 6 for Sunday."""
    slot: Mapped[str] = mapped_column(String(16), primary_key=True)
    """Of care.providers.slot."""
    count: Mapped[int]
    """Portions of a meal; orders otherwise."""


class ProviderDayOff(Base):
    """A date on which a provider takes nothing: a holiday, a repair."""

    __tablename__ = "provider_days_off"

    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), primary_key=True)
    on: Mapped[date] = mapped_column(Date, primary_key=True)
    why: Mapped[str] = mapped_column(String(64), default="")


class Worker(Base):
    """Somebody whom a provider sends to elders."""

    __tablename__ = "provider_workers"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    name: Mapped[str] = mapped_column(String(32))
    phone: Mapped[str] = mapped_column(Sealed("provider_workers.phone"))
    """Pages show it masked."""
    active: Mapped[bool] = mapped_column(default=True)


class WorkerCertificate(Base):
    """What a worker can show that they may do: a nurse's licence, a health certificate."""

    __tablename__ = "worker_certificates"

    worker_id: Mapped[int] = mapped_column(ForeignKey("provider_workers.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    """A name of `data/catalogue/needs.yml`."""
    expires: Mapped[date | None] = mapped_column(Date)
    """Last day on which it counts; None for one that doesn't expire."""
