"""Whether a meal can be had as it is wished for by now (care.canteens.fitness): said at once, with
the next that can be had in its place."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.context import Context
from actions.forms import meal_way
from actions.forms.where import region_in, region_told
from actions.outcome import Line
from care.canteens.fitness import Unfit, allergies_of, is_another, unfit
from care.canteens.sentences import sentence
from care.canteens.stopped import note_stopped
from care.canteens.words import say_unfit, say_why
from care.elders.model import Elder
from care.orders.model import Order
from care.orders.wish import Wish

BY = "assistant"
"""Who stopped it, at the elder's record."""

Instead = tuple[tuple[Line, ...], dict[str, Any]]
"""What is said, and the slots in the place of what can't be; both empty where it can."""
_NEITHER: dict[str, Any] = {"on_date": None, "meal": None}


def early(slots: dict[str, Any], elder: Elder | None, context: Context) -> Instead:
    """As soon as a day and a meal are told. What comes again is looked at day by day, as it comes
    (care.orders.coming)."""
    wish = wish_so_far(slots, elder, context)
    found = _unfit(wish, context) if wish else None
    return _told(found, context) if found else ((), {})


def stands(slots: dict[str, Any], elder: Elder | None, context: Context) -> bool:
    """Whether it can still be had as it was read back."""
    wish = wish_so_far(slots, elder, context)
    return wish is None or _unfit(wish, context) is None


def changed(order: Order, wish: Wish, context: Context) -> Instead:
    """As `early` for an order that is to be changed; only where the meal itself changes, and
    without another meal in the place of one that is only to be eaten elsewhere."""
    found = _unfit(wish, context, order) if is_another(wish, order) else None
    if found is None:
        return (), {}
    if (wish.service, wish.on) != (order.service, order.on):
        return _told(found, context)
    _note(found, context)
    with context.reading() as session:
        why = say_why(session, found, context.today())
    return (Line(text=why + sentence("way_stays", meal=wish.service)),), _NEITHER


def stays(order: Order, wish: Wish, context: Context) -> bool:
    """As `stands` for an order that is to be changed."""
    return not is_another(wish, order) or _unfit(wish, context, order) is None


def why_not_now(session: Session, order: Order, wish: Wish, context: Context) -> Line | None:
    """As `stays`, in the transaction that changes it: why it can't, should somebody have been
    quicker."""
    if not is_another(wish, order):
        return None
    allergies = allergies_of(session, wish.elder_id)
    found = unfit(session, wish, context.now(), allergies, instead_of=order)
    return Line(text=say_why(session, found, context.today())) if found else None


def wish_so_far(slots: dict[str, Any], elder: Elder | None, context: Context) -> Wish | None:
    """What is wished for, as far as it is told; None without a day and a meal, and for what comes
    again."""
    if not (slots.get("meal") and slots.get("on_date")) or slots.get("pattern"):
        return None
    place = slots.get("place") or ""
    region = region_in(place, context.regions) or (elder.region if elder else None)
    wish = Wish(
        service=slots["meal"],
        on=date.fromisoformat(slots["on_date"]),
        place=place,
        person=slots.get("person_name") or (elder.name if elder else ""),
        phone=slots.get("phone") or (elder.phone if elder else ""),
        elder_id=elder.id if elder else None,
        region=region or region_told(slots, context.regions),
    )
    with context.reading() as session:
        return meal_way.with_way(session, wish, slots)


def _unfit(wish: Wish, context: Context, instead_of: Order | None = None) -> Unfit | None:
    with context.reading() as session:
        allergies = allergies_of(session, wish.elder_id)
        return unfit(session, wish, context.now(), allergies, instead_of=instead_of)


def _told(found: Unfit, context: Context) -> Instead:
    _note(found, context)
    with context.reading() as session:
        told = Line(text=say_unfit(session, found, context.today()))
    better = found.better
    if better is None:
        return (told,), _NEITHER
    return (told,), {"on_date": better.on.isoformat(), "meal": better.service}


def _note(found: Unfit, context: Context) -> None:
    with context.sessions.begin() as session:
        note_stopped(session, found, found.wish.elder_id, by=BY, now=context.now())
