"""Says what there is to eat at the canteen that is nearest to somebody: from its published menu,
and nothing else."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from care.canteens import menu
from care.canteens.menu_words import Asked
from care.canteens.model import Canteen, Dish
from care.canteens.nearest import is_placed, nearest
from care.canteens.sentences import sentence
from care.canteens.words import say_day
from care.regions.region import Regions


def tell(
    session: Session,
    asked: Asked,
    region: str | None,
    regions: Regions,
    *,
    today: date,
    allergies: Collection[str] = (),
) -> str:
    """One answer. `region`: where they are, as far as it is known; `allergies`: theirs."""
    if region is None or not is_placed(region, regions):
        return sentence("which_place")
    canteen = nearest(session, region, regions)
    if canteen is None:
        return sentence("no_canteens", region=region)
    found = menu.by_day(menu.dishes(session, canteen.id, asked.on, asked.on)).get(asked.on, {})
    told = {meal: dishes for meal, dishes in found.items() if asked.meal in (None, meal)}
    if not told:
        return _nothing(canteen, asked, today)
    day = say_day(asked.on, today)
    lines = [
        sentence("menu", canteen=canteen.name, day=day, meal=meal, dishes=_said(dishes))
        for meal, dishes in told.items()
    ]
    return "".join(lines) + _warning(told.values(), frozenset(allergies))


def _nothing(canteen: Canteen, asked: Asked, today: date) -> str:
    day = say_day(asked.on, today) + (asked.meal or "")
    return sentence("no_menu", canteen=canteen.name, day=day, phone=canteen.phone)


def _said(dishes: Collection[Dish]) -> str:
    return "、".join(
        dish.name + (f"{dish.price / 100:g}元" if dish.price is not None else "") for dish in dishes
    )


def _warning(meals: Collection[Collection[Dish]], allergies: frozenset[str]) -> str:
    harmful = [dish for dishes in meals for dish in dishes if dish.allergens & allergies]
    if not harmful:
        return ""
    names = "、".join(dict.fromkeys(dish.name for dish in harmful))
    inside = frozenset[str]().union(*(dish.allergens for dish in harmful)) & allergies
    return sentence("menu_allergy", dishes=names, allergens="、".join(sorted(inside)))
