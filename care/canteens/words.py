"""Says of meals and canteens what there is to say: to an elder, or (`desk`) about one."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from care.canteens.fitness import Unfit
from care.canteens.model import Canteen
from care.canteens.sentences import sentence
from care.language.date_rules import NEAR

_TO_ELDER = "您"
_AT_DESK = "老人"


def say_day(on: date, today: date) -> str:
    """明天, or 11月25号: short, for a sentence has more to say."""
    near = NEAR.get((on - today).days)
    year = f"{on.year}年" if on.year != today.year and not near else ""
    return near or f"{year}{on.month}月{on.day}号"


def say_unfit(session: Session, found: Unfit, today: date, *, desk: bool = False) -> str:
    """Why a meal can't be ordered, kindly, and what could be instead."""
    return say_why(session, found, today, desk=desk) + _better(found, today, desk=desk)


def say_why(session: Session, found: Unfit, today: date, *, desk: bool = False) -> str:
    """Why alone."""
    wish = found.wish
    day = say_day(wish.on, today)
    if found.why == "twice" and found.order is not None:
        told = {"day": day, "meal": wish.service, "count": found.order.count}
        return sentence("twice_desk" if desk else "twice", **told, ref=found.order.ref)
    if found.why == "late" and found.until is not None:
        until = say_moment(found.until, today)
        return sentence("late", day=day, meal=wish.service, until=until)
    if found.why == "allergy":
        return sentence(
            "allergy",
            who=_AT_DESK if desk else _TO_ELDER,
            allergens="、".join(found.allergens),
            day=day,
            meal=wish.service,
            dishes="、".join(dish.name for dish in found.dishes),
        )
    canteen = session.get(Canteen, wish.canteen_id) if wish.canteen_id is not None else None
    name = canteen.name if canteen else ""
    return sentence("closed", canteen=name, day=day, meal=wish.service)


def _better(found: Unfit, today: date, *, desk: bool) -> str:
    if found.why == "twice":
        return ""
    at_desk = "_desk" if desk else ""
    if found.better is None:
        return sentence(f"no_better{at_desk}")
    day = say_day(found.better.on, today)
    return sentence(f"better{at_desk}", day=day, meal=found.better.service)


def say_moment(moment: datetime, today: date) -> str:
    """今天10点30分, 明天20点."""
    minutes = f"{moment.minute}分" if moment.minute else ""
    return f"{say_day(moment.date(), today)}{moment.hour}点{minutes}"
