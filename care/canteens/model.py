"""Tables of canteens: where they are, when they serve, what there is to eat, who brings it."""

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant
from care.storage.codes import Codes


class Canteen(Base):
    """A kitchen or a table where elders eat. Never deleted: orders name it."""

    __tablename__ = "canteens"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    """A code of `data/canteens/kinds.yml`."""
    region: Mapped[str] = mapped_column(String(32), index=True)
    """Where it stands: the deepest known full name of `data/regions.yml`."""
    address: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(32))
    """Published, so neither sealed nor masked."""
    ways: Mapped[frozenset[str]] = mapped_column(Codes(64), default=frozenset())
    """Of care.canteens.way: how one gets a meal of it."""
    active: Mapped[bool] = mapped_column(default=True)


class CanteenMeal(Base):
    """A meal that a canteen serves, and until when it takes orders for it."""

    __tablename__ = "canteen_meals"

    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteens.id"), primary_key=True)
    meal: Mapped[str] = mapped_column(String(16), primary_key=True)
    """早餐, 午餐, 晚餐."""
    opens: Mapped[time] = mapped_column(Time)
    closes: Mapped[time] = mapped_column(Time)
    until: Mapped[time] = mapped_column(Time)
    """The last minute in which it is ordered, `days_before` the day of the meal."""
    days_before: Mapped[int] = mapped_column(default=0)
    seats: Mapped[int | None]
    """For those who eat there; None: they count among the portions of the provider."""


class Dish(Base):
    """Something on a canteen's menu of one meal."""

    __tablename__ = "canteen_dishes"
    __table_args__ = (UniqueConstraint("canteen_id", "on", "meal", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteens.id"))
    on: Mapped[date] = mapped_column(Date)
    meal: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(32))
    price: Mapped[int | None]
    """In 分; None: nothing is said of money."""
    diets: Mapped[frozenset[str]] = mapped_column(Codes(100), default=frozenset())
    """Whom it suits: values of `data/lexicon/diets.yml`."""
    allergens: Mapped[frozenset[str]] = mapped_column(Codes(200), default=frozenset())
    """Codes of `data/elders/allergies.yml` that are in it."""


class MenuImport(Base):
    """A sheet with menus that waits for a yes. Its rows are forgotten afterwards."""

    __tablename__ = "canteen_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteens.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(100))
    """Its name on the computer it came from."""
    rows: Mapped[str | None] = mapped_column(Text)
    """JSON: row number in Excel, what it says."""
    state: Mapped[str] = mapped_column(String(16))
    """waiting, done or dropped."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    dishes: Mapped[int] = mapped_column(default=0)


class Round(Base):
    """A way that a rider goes with one meal, every day on which the canteen serves it."""

    __tablename__ = "delivery_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    canteen_id: Mapped[int] = mapped_column(ForeignKey("canteens.id"), index=True)
    name: Mapped[str] = mapped_column(String(32))
    meal: Mapped[str] = mapped_column(String(16))
    leaves: Mapped[time] = mapped_column(Time)
    until: Mapped[time] = mapped_column(Time)
    """As CanteenMeal.until."""
    days_before: Mapped[int] = mapped_column(default=0)
    areas: Mapped[frozenset[str]] = mapped_column(Codes(400), default=frozenset())
    """Regions of `data/regions.yml`, each with all its parts, or words of an address (小区)."""
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("provider_workers.id"))
    """Who goes; None: whoever the office sends."""
    active: Mapped[bool] = mapped_column(default=True)
