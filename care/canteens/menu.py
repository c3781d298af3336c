"""Published menus: put up in place of what stood there, and read."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, select, tuple_
from sqlalchemy.orm import Session

from care.canteens.dish_reading import ReadDish
from care.canteens.model import Canteen, Dish
from care.elders.model import Elder
from care.orders.attention import ALLERGY
from care.orders.model import Order
from care.orders.state import AHEAD, DRAFT
from care.orders.steps import Act, ask_desk, locked
from care.providers.history import note
from care.providers.slot import MEALS

SomeDish = TypeVar("SomeDish", Dish, ReadDish)


def publish(session: Session, canteen: Canteen, dishes: Collection[ReadDish], act: Act) -> int:
    """Puts up menus: each day and meal that `dishes` name has these and no others.

    Orders for them whose elder must not eat something of it are put on the desk's list; how many
    those are is returned.
    """
    times = {(dish.on, dish.meal) for dish in dishes}
    session.execute(
        delete(Dish).where(
            Dish.canteen_id == canteen.id, tuple_(Dish.on, Dish.meal).in_(list(times))
        )
    )
    session.add_all(Dish(canteen_id=canteen.id, **vars(dish)) for dish in dishes)
    session.flush()
    text = f"{canteen.name} 菜单 {len(dishes)} 道菜"
    note(session, canteen.provider_id, "canteen", by=act.by, now=act.now, text=text)
    these = tuple_(Order.on, Order.service).in_(list(times))
    return _warn(session, act, Canteen.id == canteen.id, these)


def recheck(session: Session, elder_id: int, act: Act) -> int:
    """Puts those of the elder's meals from today on, in which there is what they must not eat by
    now, on the desk's list; how many those are.

    Locks orders: whoever has changed the elder's record in the same transaction has locked them
    before (care.orders.steps.locked).
    """
    session.flush()
    return _warn(session, act, Order.elder_id == elder_id, Order.on >= act.now.date())


def dishes(session: Session, canteen_id: int, first: date, last: date) -> list[Dish]:
    """What is on the menus of these days, both included, as they were put up."""
    query = select(Dish).where(Dish.canteen_id == canteen_id, Dish.on.between(first, last))
    return list(session.scalars(query.order_by(Dish.on, Dish.id)))


def by_day(found: Iterable[SomeDish]) -> dict[date, dict[str, list[SomeDish]]]:
    """By day and meal, each in the order of time."""
    sorted_: dict[date, dict[str, list[SomeDish]]] = {}
    meals = tuple(MEALS)
    for dish in sorted(found, key=lambda dish: (dish.on, meals.index(dish.meal))):
        sorted_.setdefault(dish.on, {}).setdefault(dish.meal, []).append(dish)
    return sorted_


def _warn(session: Session, act: Act, *which: ColumnElement[bool]) -> int:
    cooked = (Canteen.provider_id == Order.provider_id) & (
        Order.canteen_id.is_(None) | (Order.canteen_id == Canteen.id)
    )
    on_it = (Dish.canteen_id == Canteen.id) & (Dish.on == Order.on) & (Dish.meal == Order.service)
    query = (
        select(Order.id, Elder.allergies, Dish.allergens)
        .join(Elder, Elder.id == Order.elder_id)
        .join(Canteen, cooked)
        .join(Dish, on_it)
        .where(Order.state.in_(AHEAD - {DRAFT}), *which)
        .order_by(Order.id)
    )
    rows = session.execute(query)
    harmed = dict.fromkeys(number for number, allergies, inside in rows if inside & allergies)
    for number in harmed:
        ask_desk(session, locked(session, number), ALLERGY, act)
    return len(harmed)
