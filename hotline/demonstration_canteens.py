"""Demonstration canteens, whose menus are always for this week and the next."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.canteens import menu
from care.canteens import register as canteens
from care.canteens.dish_reading import ReadDish, Typed, read_rows
from care.canteens.model import Canteen
from care.canteens.register import Course, Hours
from care.canteens.way import WAYS
from care.catalogue.service import Catalogue
from care.clock import Clock
from care.data_files import DATA, DataFileError, load_models
from care.orders.steps import Act
from care.providers import register as providers
from care.providers.account_model import ProviderEvent
from care.providers.slot import Slot
from care.regions.region import Regions
from care.storage.engine import Sessions, readers

EVERY = 3600.0
"""Seconds between two looks whether a week has begun."""
_FILE = DATA / "demonstration" / "canteens.yml"
_BY = "demonstration"
_CONTRACT = timedelta(days=3650)
_PORTIONS = 60
_WEEK = 7


class DemoDish(BaseModel):
    """A dish; its texts are those of a menu's sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    price: str = ""
    diets: str = ""
    allergens: str = ""


class DemoRound(BaseModel):
    """A round that comes by `areas`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    meal: str
    leaves: time
    until: time
    areas: tuple[str, ...]


class DemoCanteen(BaseModel):
    """One entry of `data/demonstration/canteens.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: str
    name: str
    kind: str
    region: str
    address: str
    phone: str = Field(pattern=r"^1\d{10}$")
    area: str
    meals: dict[str, Hours]
    rounds: tuple[DemoRound, ...]
    menu: tuple[dict[str, tuple[DemoDish, ...]], ...] = Field(min_length=_WEEK, max_length=_WEEK)
    """By weekday, Monday first, and meal."""


def add(session: Session, now: datetime) -> None:
    """All of them, each with its provider. Raises DataFileError."""
    regions, catalogue = Regions.load(DATA / "regions.yml"), Catalogue.load(DATA)
    for demo in load_models(_FILE, DemoCanteen):
        _add(session, demo, regions, catalogue, now)


def renew(sessions: Sessions, clock: Clock) -> int:
    """Puts up the menus that are missing until the end of next week; how many dishes those are.

    A database without demonstration canteens is only looked at, and so is a menu that somebody has
    put up in the place of one.
    """
    now = clock()
    with readers(sessions)() as session:
        wanting = [row.id for row, _ in _wanting(session, now.date())]
    if not wanting:
        return 0
    with sessions.begin() as session:
        found = list(_wanting(session, now.date()))
        for row, dishes in found:
            menu.publish(session, row, dishes, Act(_BY, now))
    return sum(len(dishes) for _, dishes in found)


def _add(
    session: Session, demo: DemoCanteen, regions: Regions, catalogue: Catalogue, now: datetime
) -> None:
    facts = providers.Facts(demo.provider, demo.phone, demo.address)
    provider = providers.add(session, facts, by=_BY, now=now)
    today = now.date()
    providers.sign(session, provider, "示例", today, today + _CONTRACT, by=_BY, now=now)
    providers.set_areas(session, provider, [demo.area], regions, by=_BY, now=now)
    providers.set_services(session, provider, demo.meals, catalogue, by=_BY, now=now)
    portions = {(day, slot): _PORTIONS for day in range(_WEEK) for slot in Slot}
    providers.set_capacity(session, provider, "", portions, by=_BY, now=now)
    act = Act(_BY, now)
    where = canteens.Facts(demo.name, demo.kind, demo.region, demo.address, demo.phone, WAYS)
    row = canteens.add(session, provider.id, where, regions, act)
    canteens.set_meals(session, row, demo.meals, act)
    for each in demo.rounds:
        course = Course(each.name, each.meal, each.leaves, each.until, 0, each.areas)
        canteens.add_round(session, row, course, act)
    menu.publish(session, row, _missing(session, row, demo, today), act)


def _wanting(session: Session, today: date) -> Iterator[tuple[Canteen, list[ReadDish]]]:
    """Demonstration canteens with the dishes that they lack."""
    query = (
        select(Canteen)
        .join(ProviderEvent, ProviderEvent.provider_id == Canteen.provider_id)
        .where(ProviderEvent.by == _BY, ProviderEvent.kind == "added", Canteen.active)
    )
    rows = {row.name: row for row in session.scalars(query)}
    for demo in load_models(_FILE, DemoCanteen) if rows else ():
        row = rows.get(demo.name)
        if row is not None and (dishes := _missing(session, row, demo, today)):
            yield row, dishes


def _missing(session: Session, row: Canteen, demo: DemoCanteen, today: date) -> list[ReadDish]:
    """From today to next Sunday, of the meals that it still serves and that have no menu."""
    days = [today + timedelta(days=each) for each in range(2 * _WEEK - today.weekday())]
    served = canteens.meals(session, row.id)
    there = {(dish.on, dish.meal) for dish in menu.dishes(session, row.id, days[0], days[-1])}
    typed: list[Typed] = [
        {"on": day.isoformat(), "meal": meal, **dish.model_dump()}
        for day in days
        for meal, dishes in demo.menu[day.weekday()].items()
        for dish in dishes
        if meal in served and (day, meal) not in there
    ]
    found = []
    for read in read_rows(list(enumerate(typed)), served, today):
        if read.dish is None:
            raise DataFileError(_FILE, 1, f"{demo.name}: {', '.join(read.problems.values())}")
        found.append(read.dish)
    return found
