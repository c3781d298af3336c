"""Whether a meal can be ordered as it is wished for: once, in time, from somebody who cooks it,
and without anything in it that the elder must not eat; and what could be ordered instead."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.canteens.cutoff import usual
from care.canteens.kitchens import Kitchen, kitchens
from care.canteens.model import Dish
from care.elders.model import Elder
from care.orders.model import Order
from care.orders.twice import hold, ordered_already
from care.orders.wish import Wish
from care.providers.slot import MEALS

_AHEAD = 7
"""Days in which another meal is looked for."""


@dataclass(frozen=True)
class Unfit:
    """Why a meal can't be ordered."""

    wish: Wish
    why: Literal["twice", "late", "closed", "allergy"]
    order: Order | None = None
    """For twice: the one that is there."""
    until: datetime | None = None
    """For late: the last moment in which anybody took it."""
    dishes: tuple[Dish, ...] = ()
    """For an allergy: what mustn't be eaten."""
    allergens: tuple[str, ...] = ()
    """And what is in it."""
    better: Wish | None = None
    """The next meal that can be ordered; None: none in a week, or it is ordered already."""


def unfit(
    session: Session,
    wish: Wish,
    now: datetime,
    allergies: frozenset[str] = frozenset(),
    *,
    instead_of: Order | None = None,
) -> Unfit | None:
    """None for a meal that can be ordered, or changed to this from `instead_of`, and for whatever
    is no meal.

    `allergies`: codes of `data/elders/allergies.yml`. A menu that isn't published stops nothing.
    Whoever places it in the same transaction places the only one of its kind (care.orders.twice).
    """
    if wish.service not in MEALS:
        return None
    hold(session, wish)
    there_is = ordered_already(session, wish, instead_of)
    if there_is is not None:
        return Unfit(wish, "twice", order=there_is)
    there = kitchens(session, wish)
    found = _unfit(session, wish, there, now, allergies)
    if found is None:
        return None
    return replace(found, better=_better(session, wish, now, allergies, anybody=bool(there)))


def is_another(wish: Wish, order: Order) -> bool:
    """Whether a change makes another meal of an order; otherwise it stays as fit as it was."""
    names = ("service", "on", "way", "canteen_id", "region")
    return any(getattr(wish, name) != getattr(order, name) for name in names)


def cooks_in_vain(
    session: Session, wish: Wish, asked_at: datetime, allergies: frozenset[str]
) -> set[int]:
    """Providers that aren't to be offered this meal: it was ordered after they had closed, or
    their menu has what the elder must not eat."""
    if wish.service not in MEALS:
        return set()
    found = kitchens(session, wish)
    fit = {each.provider_id for each in _in_time(found, wish, asked_at)}
    bad = {each.provider_id for each in found if conflicts(session, each, wish, allergies)}
    return {each.provider_id for each in found if each.provider_id not in fit} | bad


def conflicts(
    session: Session, kitchen: Kitchen, wish: Wish, allergies: frozenset[str]
) -> list[Dish]:
    """Dishes of this kitchen's menu for that meal that the elder must not eat."""
    if kitchen.canteen is None or not allergies:
        return []
    query = select(Dish).where(
        Dish.canteen_id == kitchen.canteen.id, Dish.on == wish.on, Dish.meal == wish.service
    )
    return [dish for dish in session.scalars(query.order_by(Dish.id)) if dish.allergens & allergies]


def allergies_of(session: Session, elder_id: int | None) -> frozenset[str]:
    """What is on record; empty where it isn't known whose meal it is."""
    elder = session.get(Elder, elder_id) if elder_id is not None else None
    return elder.allergies if elder else frozenset()


def _unfit(
    session: Session,
    wish: Wish,
    found: Collection[Kitchen],
    now: datetime,
    allergies: frozenset[str],
) -> Unfit | None:
    if not found:
        if wish.canteen_id is not None:
            return Unfit(wish, "closed")
        cutoff = usual(wish.service)  # nobody cooks there: the desk looks for somebody
        return None if cutoff.is_open(wish.on, now) else _late(wish, cutoff.moment(wish.on))
    open_now = _in_time(found, wish, now)
    if not open_now:
        return _late(wish, max(each.cutoff.moment(wish.on) for each in found))
    by_provider: dict[int, list[Dish]] = {}
    for each in open_now:
        by_provider.setdefault(each.provider_id, []).extend(
            conflicts(session, each, wish, allergies)
        )
    if not all(by_provider.values()):
        return None
    dishes = tuple({dish.id: dish for some in by_provider.values() for dish in some}.values())
    inside = frozenset[str]().union(*(dish.allergens for dish in dishes)) & allergies
    return Unfit(wish, "allergy", dishes=dishes, allergens=tuple(sorted(inside)))


def _late(wish: Wish, until: datetime) -> Unfit:
    return Unfit(wish, "late", until=until)


def _in_time(found: Collection[Kitchen], wish: Wish, now: datetime) -> list[Kitchen]:
    return [each for each in found if each.cutoff.is_open(wish.on, now)]


def _better(
    session: Session, wish: Wish, now: datetime, allergies: frozenset[str], *, anybody: bool
) -> Wish | None:
    for on, meal in _after(wish.on, wish.service):
        other = replace(wish, on=on, service=meal)
        there = kitchens(session, other)
        if anybody and not there:
            continue  # a meal that only the desk could find somebody for is no offer
        fits = _unfit(session, other, there, now, allergies) is None
        if fits and ordered_already(session, other) is None:
            return other
    return None


def _after(on: date, meal: str) -> Iterator[tuple[date, str]]:
    meals = tuple(MEALS)
    for days in range(_AHEAD + 1):
        for each in meals[meals.index(meal) + 1 :] if days == 0 else meals:
            yield on + timedelta(days=days), each
