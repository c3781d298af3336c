"""A canteen in the small town of tests.care.orders.town, with a menu and a round."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from care.canteens import menu, register
from care.canteens.dish_reading import ReadDish
from care.canteens.model import Canteen, Round
from care.canteens.register import Course, Facts, Hours
from care.canteens.way import WAYS
from care.data_files import DATA
from care.orders import life
from care.regions.region import Regions
from care.storage.engine import Sessions
from tests.care.orders import town

REGIONS = Regions.load(DATA / "regions.yml")
LUNCH = replace(town.LUNCH, count=1)
PEANUTS = frozenset({"花生"})
FACTS = Facts("东关社区食堂", "canteen", town.REGION, "东关小区1号楼", "0483-8234567", WAYS)
NOON = Hours(time(11, 30), time(13), time(10, 30))


def canteen(session: Session, provider: int, facts: Facts = FACTS, lunch: Hours = NOON) -> Canteen:
    """One that serves lunch until `lunch` says, and the other meals as usual."""
    row = register.add(session, provider, facts, REGIONS, town.act())
    served = {
        meal: Hours(each.opens, each.closes, each.until)
        for meal, each in register.meals(session, row.id).items()
    }
    register.set_meals(session, row, served | {"午餐": lunch}, town.act())
    return row


def going_round(
    session: Session,
    row: Canteen,
    *areas: str,
    until: time = time(10),
    days_before: int = 0,
    worker: int | None = None,
) -> Round:
    """东线, with lunch, through these areas."""
    course = Course("东线", "午餐", time(11), until, days_before, areas, worker)
    return register.add_round(session, row, course, town.act())


def cook(
    session: Session,
    row: Canteen,
    on: date,
    allergens: Collection[str] = (),
    *,
    meal: str = "午餐",
    name: str = "宫保鸡丁",
) -> int:
    """Puts up a menu of rice and one dish; how many orders it harms."""
    found = [
        ReadDish(on, meal, "米饭", None, frozenset(), frozenset()),
        ReadDish(on, meal, name, 850, frozenset({"软食"}), frozenset(allergens)),
    ]
    return menu.publish(session, row, found, town.act())


def offered_with_peanuts(sessions: Sessions, elder_id: int, now: datetime) -> int:
    """A lunch in two days, with peanuts, that a canteen has been asked to cook; its number."""
    wish = replace(LUNCH, elder_id=elder_id, on=now.date() + timedelta(days=2))
    with sessions.begin() as session:
        provider = town.provider(session, "康乐食堂", "午餐")
        cook(session, canteen(session, provider), wish.on, PEANUTS)
        order = town.place(session, wish, now)
        life.offer(session, order.id, provider, town.act(now), places=5, due=now)
    return order.id
