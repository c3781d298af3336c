"""Whether a meal can be had as it is wished for by now (care.canteens.fitness): said at once, with
the next that can be had in its place."""

from datetime import date
from typing import Any

from actions.context import Context
from actions.forms import meal_way
from actions.forms.where import region_in, region_told
from actions.outcome import Line
from care.canteens.fitness import Unfit, allergies_of, unfit
from care.canteens.stopped import note_stopped
from care.canteens.words import say_unfit
from care.elders.model import Elder
from care.orders.model import Order
from care.orders.wish import Wish

BY = "assistant"
"""Who stopped it, at the elder's record."""

Instead = tuple[tuple[Line, ...], dict[str, Any]]
"""What is said, and the slots in the place of what can't be; both empty where it can."""


def early(slots: dict[str, Any], elder: Elder | None, context: Context) -> Instead:
    """As soon as a day and a meal are told. What comes again is looked at day by day, as it comes
    (care.orders.coming)."""
    wish = _wish(slots, elder, context)
    return _looked_at(wish, context) if wish else ((), {})


def stands(slots: dict[str, Any], elder: Elder | None, context: Context) -> bool:
    """Whether it can still be had as it was read back."""
    wish = _wish(slots, elder, context)
    return wish is None or _unfit(wish, context) is None


def changed(order: Order, wish: Wish, context: Context) -> Instead:
    """As `early` for an order that is to be changed; only where the meal itself changes."""
    return _looked_at(wish, context) if _is_other(order, wish) else ((), {})


def stays(order: Order, wish: Wish, context: Context) -> bool:
    """As `stands` for an order that is to be changed."""
    return not _is_other(order, wish) or _unfit(wish, context) is None


def _is_other(order: Order, wish: Wish) -> bool:
    return (order.service, order.on) != (wish.service, wish.on)


def _wish(slots: dict[str, Any], elder: Elder | None, context: Context) -> Wish | None:
    if not (slots.get("meal") and slots.get("on_date")) or slots.get("pattern"):
        return None
    place = slots.get("place") or ""
    region = region_in(place, context.regions) or (elder.region if elder else None)
    wish = Wish(
        service=slots["meal"],
        on=date.fromisoformat(slots["on_date"]),
        place=place,
        person="",
        phone="",
        elder_id=elder.id if elder else None,
        region=region or region_told(slots, context.regions),
    )
    with context.reading() as session:
        return meal_way.with_way(session, wish, slots)


def _looked_at(wish: Wish, context: Context) -> Instead:
    found = _unfit(wish, context)
    if found is None:
        return (), {}
    with context.sessions.begin() as session:
        note_stopped(session, found, wish.elder_id, by=BY, now=context.now())
        told = Line(text=say_unfit(session, found, context.today()))
    return (told,), _slots(found)


def _unfit(wish: Wish, context: Context) -> Unfit | None:
    with context.reading() as session:
        return unfit(session, wish, context.now(), allergies_of(session, wish.elder_id))


def _slots(found: Unfit) -> dict[str, Any]:
    better = found.better
    if better is None:
        return {"on_date": None, "meal": None}
    return {"on_date": better.on.isoformat(), "meal": better.service}
