"""Puts the values of an order into words."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from actions.context import Context
from actions.forms.meal_way import WHERE
from actions.forms.meal_way import say as say_way
from care.language.dates import say_date
from care.language.times import say_time
from care.orders import pattern_words
from care.orders.model import Order
from care.orders.recurrence import Pattern

_SEPARATOR = ","
_FESTIVE = {"serve": "过节照常", "skip": "过节不要", "ask": "过节先问您"}


def noted(values: dict[str, Any], context: Context) -> str | None:
    """What was just understood, for an implicit confirmation; None when there is nothing to say."""
    parts = _parts(values, context)
    return _SEPARATOR.join(parts) if parts else None


def order(form: str, slots: dict[str, Any], context: Context) -> str:
    """The whole order as it is read back before it is placed."""
    return _SEPARATOR.join(_parts(_of_form(form, slots), context))


def stored(found: Order, context: Context) -> str:
    """An order that is stored already, without name and number."""
    values = {
        "on_date": found.on.isoformat(),
        "at_time": f"{found.at:%H:%M}" if found.at else None,
        "meal" if found.at is None else "service": found.service,
        "count": found.count if found.at is None else None,
        "place": found.place,
        "way": found.way,
    }
    return _SEPARATOR.join(_parts(values, context))


def _say_day(on: str, context: Context, *, begins: bool) -> str:
    said = say_date(date.fromisoformat(on), context.today())
    return f"从{said}起" if begins else said


def _of_form(form: str, slots: dict[str, Any]) -> dict[str, Any]:
    both = ("place", "person_name", "phone")
    own: tuple[str, ...] = ("on_date", "pattern", "festive", "meal", "count", "diet")
    if form == "service_form":
        own = ("on_date", "pattern", "festive", "at_time", "service")
    goes = slots.get("canteen") if form == "meal_form" else None
    if goes:
        both = ("canteen", "person_name", "phone")
    return {slot: slots.get(slot) for slot in (*own, *both)}


def _to(values: dict[str, Any]) -> str:
    return "送到{}" if values.get("meal") else "在{}"


def _parts(values: dict[str, Any], context: Context) -> list[str]:
    spoken: dict[str, Callable[[Any], str]] = {
        "on_date": lambda v: _say_day(v, context, begins=bool(values.get("pattern"))),
        "pattern": lambda v: pattern_words.say(Pattern.parse(v)),
        "festive": _FESTIVE.__getitem__,
        "at_time": lambda v: say_time(time.fromisoformat(v)),
        "meal": str,
        "service": context.catalogue.say,
        "count": lambda v: f"{v}份",
        "diet": str,
        "place": lambda v: WHERE.get(str(values.get("way")), _to(values)).format(v),
        "canteen": say_way,
        "person_name": str,
        "phone": lambda v: f"电话{v}",
    }
    return [say(values[slot]) for slot, say in spoken.items() if values.get(slot) is not None]
