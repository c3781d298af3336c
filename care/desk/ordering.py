"""An order as an operator writes it into a form, read into a wish or refused field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from care.canteens.way import DELIVERY
from care.catalogue.service import Catalogue
from care.desk.person import Person
from care.elders.number import national
from care.orders.check import date_problem, meal_problem, time_problem
from care.orders.model import Order
from care.orders.refusal import refusal
from care.orders.refusal_words import in_writing
from care.orders.wish import Wish
from care.providers.slot import MEALS

_MOST_PORTIONS = 20

_SLOTS = {
    "service": ("service", "meal"),
    "on": ("on_date",),
    "at": ("at_time",),
    "count": ("count",),
    "diet": ("diet",),
    "place": ("place",),
    "person": ("person_name",),
    "phone": ("phone",),
}
"""The slots of the dialogue that fill each field; the first one that is known."""


@dataclass(frozen=True)
class Typed:
    """What stands in the form's fields."""

    service: str = ""
    on: str = ""
    """ISO, as a browser's field for a date gives it."""
    at: str = ""
    count: str = "1"
    diet: str = ""
    place: str = ""
    person: str = ""
    phone: str = ""
    """Empty for the number that is on record."""
    way: str = DELIVERY
    """Of a meal: care.canteens.way."""
    canteen: str = ""
    """Where it is eaten or fetched; empty for a meal that is brought."""


class UnfitError(ValueError):
    """Some fields can't be taken; `problems` has a code of `data/desk/orders.yml` for each, or a
    sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {code}" for field, code in problems.items()))
        self.problems = problems


def prefilled(slots: Mapping[str, str], person: Person, address: str = "") -> Typed:
    """What the assistant has understood so far; the record tells what it hasn't.

    The number stays out: it is on record, and shown masked.
    """
    found = {
        field: next((slots[name] for name in names if slots.get(name)), "")
        for field, names in _SLOTS.items()
    }
    return Typed(
        service=found["service"],
        on=found["on"],
        at=found["at"][:5],
        count=found["count"] or "1",
        diet=found["diet"],
        place=found["place"] or address,
        person=found["person"] or (person.name if len(person.elders) < 2 else "") or "",
    )


def typed_of(wish: Wish) -> Typed:
    """A wish as it stands in the form, without the number."""
    return Typed(
        service=wish.service,
        on=wish.on.isoformat(),
        at=f"{wish.at:%H:%M}" if wish.at else "",
        count=str(wish.count),
        diet=wish.diet or "",
        place=wish.place,
        person=wish.person,
        way=wish.way,
        canteen=str(wish.canteen_id or ""),
    )


def read(
    typed: Typed,
    known_phone: str | None,
    catalogue: Catalogue,
    now: datetime,
    elder_id: int | None = None,
) -> Wish:
    """The wish. Raises UnfitError."""
    problems: dict[str, str] = {}
    is_meal = typed.service in MEALS
    if not is_meal and catalogue.find(typed.service) is None:
        problems["service"] = "service_unknown"
    on = _date(typed.on)
    problem = date_problem(on, now.date())
    if is_meal and on and not problem:
        problem = meal_problem(typed.service, on, now)
    if problem:
        problems["on"] = problem
    at = None if is_meal else _time(typed.at)
    if not is_meal and (problem := _time_problem(typed.at, at, on, now)):
        problems["at"] = problem
    count = int(typed.count) if typed.count.isdecimal() else 0
    if not 1 <= count <= _MOST_PORTIONS:
        problems["count"] = "count_wrong"
    for field in ("place", "person"):
        if not getattr(typed, field).strip():
            problems[field] = f"{field}_missing"
    phone = national(typed.phone) if typed.phone.strip() else known_phone
    if phone is None:
        problems["phone"] = "phone_wrong"
    if problems or on is None or phone is None:
        raise UnfitError(problems)
    return Wish(
        service=typed.service,
        on=on,
        at=at,
        count=count if is_meal else 1,
        diet=typed.diet.strip() or None if is_meal else None,
        place=typed.place.strip(),
        person=typed.person.strip(),
        phone=phone,
        elder_id=elder_id,
    )


def refused(
    session: Session, catalogue: Catalogue, wish: Wish, now: datetime, before: Order | None = None
) -> dict[str, str]:
    """A sentence for the field that the catalogue doesn't allow; `before` is the order that is
    changed. Empty where it may be placed."""
    found = refusal(session, catalogue, wish, now, instead_of=before)
    if found is None:
        return {}
    field = "on" if found.kind == "too_soon" else "service"
    return {field: in_writing(found, wish.service, catalogue)}


def _time_problem(typed: str, at: time | None, on: date | None, now: datetime) -> str | None:
    if not typed.strip():
        return "time_missing"
    return time_problem(at, on, now)


def _date(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _time(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed.strip()).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        return None
