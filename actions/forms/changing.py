"""An order with what was said of its change: as slots, as a wish, and in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from actions.context import Context
from actions.forms import meal_way, wording
from care.canteens.way import DELIVERY
from care.orders.model import Order
from care.orders.moved import moved
from care.orders.wish import Wish, wish_of

_FIELDS = {
    "meal": "service",
    "service": "service",
    "on_date": "on",
    "at_time": "at",
    "count": "count",
    "diet": "diet",
    "place": "place",
    "region": "region",
    "person_name": "person",
    "phone": "phone",
}
"""The order's field behind each slot; `region` is nobody's answer, but goes with a place."""
_PARSERS: dict[str, Callable[[str], Any]] = {
    "on_date": date.fromisoformat,
    "at_time": time.fromisoformat,
}


def slots_of(order: Order) -> dict[str, Any]:
    """What a change is read against: its day, and its meal or hour."""
    return {
        "on_date": order.on.isoformat(),
        "meal": order.service if order.at is None else None,
        "at_time": f"{order.at:%H:%M}" if order.at else None,
    }


def wish_with(order: Order, draft: dict[str, Any]) -> Wish:
    """The order with the slots of `draft` in the place of its own."""
    changes: dict[str, Any] = {}
    for slot, value in draft.items():
        if value is not None and slot in _FIELDS:
            parse = _PARSERS.get(slot)
            changes[_FIELDS[slot]] = parse(value) if parse else value
    if "place" in changes:  # whoever names a door has it brought there
        changes |= {"way": DELIVERY, "canteen_id": None}
    if goes := draft.get(meal_way.SLOT):
        changes |= {"way": goes["way"], "canteen_id": goes["id"]}
        changes |= {"place": goes["place"], "region": goes["region"]}
    return moved(replace(wish_of(order), **changes), order)


def say(wish: Wish, draft: dict[str, Any], context: Context) -> str:
    """The changed order; name and number only where they are what changed."""
    told = {slot: draft[slot] for slot in ("person_name", "phone") if draft.get(slot)}
    changed = wording.noted(told, context)
    order = wording.stored(Order(**vars(wish)), context)
    return f"{order},{changed}" if changed else order
