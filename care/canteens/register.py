"""What the desk keeps of a canteen: who and where it is, what it serves when, its rounds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.canteens.kinds import kinds
from care.canteens.meals import usual_meals
from care.canteens.model import Canteen, CanteenMeal, Round
from care.canteens.refused import RefusedError
from care.canteens.way import WAYS
from care.elders.number import national
from care.orders.steps import Act
from care.providers.history import note
from care.providers.model import Worker
from care.regions.region import Regions

MOST_SEATS = 1000
_LONGEST_NAME = 64
_LONGEST_ROUND = 32
_LONGEST_ADDRESS = 200
_LONGEST_AREAS = 380
"""Characters of all areas of a round together."""


@dataclass(frozen=True)
class Facts:
    """Who and where a canteen is."""

    name: str
    kind: str
    """A code of `data/canteens/kinds.yml`."""
    region: str
    address: str
    phone: str
    ways: Collection[str]
    """Of care.canteens.way."""


@dataclass(frozen=True)
class Hours:
    """When it serves one meal."""

    opens: time
    closes: time
    until: time
    days_before: int = 0
    seats: int | None = None
    """None: who eats there counts among the provider's portions."""


@dataclass(frozen=True)
class Course:
    """What is kept of a round."""

    name: str
    meal: str
    leaves: time
    until: time
    days_before: int
    areas: Collection[str]
    worker_id: int | None = None


def add(session: Session, provider_id: int, facts: Facts, regions: Regions, act: Act) -> Canteen:
    """A new canteen, which serves the usual meals of `data/canteens/meals.yml` at first.

    Raises RefusedError.
    """
    row = Canteen(provider_id=provider_id)
    _write(session, row, facts, regions)
    usual = {meal: Hours(one.opens, one.closes, one.until) for meal, one in usual_meals().items()}
    _set_meals(session, row, usual)
    _note(session, row, act, "")
    return row


def change(session: Session, row: Canteen, facts: Facts, regions: Regions, act: Act) -> None:
    """Other facts. Raises RefusedError."""
    _write(session, row, facts, regions)
    _note(session, row, act, "资料")


def set_active(session: Session, row: Canteen, active: bool, act: Act) -> None:
    """It cooks no more, or again; what was ordered there stays ordered."""
    if row.active != active:
        row.active = active
        _note(session, row, act, "又开了" if active else "停了")


def set_meals(session: Session, canteen: Canteen, served: Mapping[str, Hours], act: Act) -> None:
    """The meals that it serves, and no others. Raises RefusedError."""
    if not served:
        raise RefusedError("no_meals")
    for meal, hours in served.items():
        _check_hours(meal, hours)
    _set_meals(session, canteen, served)
    _note(session, canteen, act, "开饭和截单")


def _set_meals(session: Session, canteen: Canteen, served: Mapping[str, Hours]) -> None:
    session.execute(delete(CanteenMeal).where(CanteenMeal.canteen_id == canteen.id))
    session.add_all(
        CanteenMeal(canteen_id=canteen.id, meal=meal, **vars(hours))
        for meal, hours in served.items()
    )
    session.flush()


def add_round(session: Session, canteen: Canteen, course: Course, act: Act) -> Round:
    """A new round. Raises RefusedError."""
    row = Round(canteen_id=canteen.id)
    change_round(session, canteen, row, course, act)
    session.add(row)
    session.flush()
    return row


def set_round_active(
    session: Session, canteen: Canteen, row: Round, active: bool, act: Act
) -> None:
    """Nobody rides it any more, or again."""
    if row.active != active:
        row.active = active
        _note(session, canteen, act, f"路线 {row.name} {'恢复' if active else '停了'}")


def change_round(session: Session, canteen: Canteen, row: Round, course: Course, act: Act) -> None:
    """Another course of it. Raises RefusedError."""
    name = " ".join(course.name.split())
    areas = frozenset(area.strip() for area in course.areas if area.strip())
    if not 0 < len(name) <= _LONGEST_ROUND:
        raise RefusedError("round_name_bad")
    if not areas or sum(len(area) + 1 for area in areas) > _LONGEST_AREAS:
        raise RefusedError("areas_missing")
    if course.meal not in meals(session, canteen.id):
        raise RefusedError("meal_unknown")
    worker = session.get(Worker, course.worker_id) if course.worker_id is not None else None
    if course.worker_id is not None and (
        worker is None or worker.provider_id != canteen.provider_id
    ):
        raise RefusedError("worker_unknown")
    _check_until(course.meal, course.until, course.days_before)
    row.name, row.meal, row.areas = name, course.meal, areas
    row.leaves, row.until, row.days_before = course.leaves, course.until, course.days_before
    row.worker_id = course.worker_id
    _note(session, canteen, act, f"路线 {name}")


def meals(session: Session, canteen_id: int) -> dict[str, CanteenMeal]:
    """What it serves, in the order of the day."""
    query = select(CanteenMeal).where(CanteenMeal.canteen_id == canteen_id)
    found = {row.meal: row for row in session.scalars(query)}
    return {meal: found[meal] for meal in usual_meals() if meal in found}


def rounds(session: Session, canteen_id: int) -> list[Round]:
    """All of them, those that are gone last, as they leave."""
    query = select(Round).where(Round.canteen_id == canteen_id)
    return list(session.scalars(query.order_by(Round.active.desc(), Round.leaves, Round.id)))


def _write(session: Session, row: Canteen, facts: Facts, regions: Regions) -> None:
    name = " ".join(facts.name.split())
    region, phone = regions.find(facts.region.strip()), national(facts.phone)
    if not 2 <= len(name) <= _LONGEST_NAME or not name.isprintable():
        raise RefusedError("name_bad")
    if facts.kind not in kinds():
        raise RefusedError("kind_unknown")
    if region is None:
        raise RefusedError("region_unknown", name=facts.region[:32])
    if not facts.address.strip():
        raise RefusedError("address_missing")
    if phone is None:
        raise RefusedError("phone_bad")
    if not facts.ways or not set(facts.ways) <= set(WAYS):
        raise RefusedError("way_missing")
    try:
        with session.begin_nested():
            row.name, row.kind, row.region, row.phone = name, facts.kind, region.name, phone
            row.address = facts.address.strip()[:_LONGEST_ADDRESS]
            row.ways = frozenset(facts.ways)
            session.add(row)
    except IntegrityError as error:
        raise RefusedError("name_taken", name=name) from error


def _note(session: Session, canteen: Canteen, act: Act, what: str) -> None:
    text = f"{canteen.name} {what}".strip()
    note(session, canteen.provider_id, "canteen", by=act.by, now=act.now, text=text)


def _check_hours(meal: str, hours: Hours) -> None:
    if meal not in usual_meals():
        raise RefusedError("meal_unknown")
    if hours.opens >= hours.closes:
        raise RefusedError("hours_bad", meal=meal)
    if hours.seats is not None and not 0 <= hours.seats <= MOST_SEATS:
        raise RefusedError("seats_bad")
    _check_until(meal, hours.until, hours.days_before)


def _check_until(meal: str, until: time, days_before: int) -> None:
    latest = usual_meals()[meal].until
    if days_before not in (0, 1) or (days_before == 0 and until > latest):
        raise RefusedError("until_bad", meal=meal, latest=f"{latest:%H:%M}")
