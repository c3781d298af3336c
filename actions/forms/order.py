"""The course of looking up, changing or cancelling an order that was placed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from actions.answers.orders import own_orders
from actions.answers.router import answer_in_passing, is_answerable
from actions.context import Context
from actions.forms import reading, wording
from actions.forms.step import Step
from actions.outcome import Spoken, line
from actions.turn import SURE, Turn
from care.orders import service as orders
from care.orders.model import Order

_MEAL = ("on_date", "meal", "count", "diet", "place", "person_name", "phone")
_SERVICE = ("service", "on_date", "at_time", "place", "person_name", "phone")
_FIELDS = {
    "meal": "service",
    "service": "service",
    "on_date": "on",
    "at_time": "at",
    "count": "count",
    "diet": "diet",
    "place": "place",
    "person_name": "person",
    "phone": "phone",
}
_CLEAN: dict[str, Any] = {
    "order_task": None,
    "order_draft": None,
    "order_ref_asked": None,
    "order_phone": None,
    "change_to": None,
    "confirmed": None,
}
_PARSERS: dict[str, Callable[[str], Any]] = {
    "on_date": date.fromisoformat,
    "at_time": time.fromisoformat,
}
_PATIENCE = 3


def advance(turn: Turn, context: Context) -> Step:
    """One turn: find the order, then do with it what was asked."""
    if not turn.is_new:
        aside = _aside(turn, context)
        if aside is not None:
            return aside
    own = own_orders(turn, context)
    ref = turn.first("order_ref") or turn.slots.get("order_ref_asked") or _bare_reference(turn)
    order = _choose(own, ref, turn)
    if order is None:
        return _identify(turn, own, ref, context)
    task = turn.slots.get("order_task") or "check"
    if task == "change":
        return _change(turn, order, context)
    return _cancel(turn, order, context) if task == "cancel" else _check(order, context)


def _aside(turn: Turn, context: Context) -> Step | None:
    if turn.intent == "stop" and turn.confidence >= SURE:
        return Step(Spoken((line("utter_left_as_it_is"),)), _CLEAN)
    if (
        is_answerable(turn.intent)
        and turn.intent != "check_order"
        and turn.confidence >= SURE
        and not turn.mentions
    ):
        spoken = answer_in_passing(turn, context)
        return Step(spoken, ask=turn.requested or "order_ref")
    return None


def _choose(own: list[Order], ref: str | None, turn: Turn) -> Order | None:
    if ref:
        return next((order for order in own if order.ref == ref), None)
    last = turn.slots.get("order_ref")
    return next((order for order in own if order.ref == last), own[0] if len(own) == 1 else None)


def _identify(turn: Turn, own: list[Order], ref: str | None, context: Context) -> Step:
    """Asks which order; one placed elsewhere needs the phone number that was left with it."""
    if not ref:
        if turn.requested == "order_ref" and not turn.is_new:
            return _again(turn, "order_ref")
        listed = tuple(
            line("utter_order_found", ref=order.ref, order=wording.stored(order, context))
            for order in own
        )
        return Step(Spoken(listed), ask="order_ref")
    phone = turn.first("phone") or turn.slots.get("phone")
    if phone is None:
        return Step(Spoken(), {"order_ref_asked": ref}, ask="order_phone")
    with context.sessions() as session:
        order = orders.find(session, ref, phone, context.today())
    if order is None:
        return Step(Spoken((line("utter_order_unknown"),), offers="person"), _CLEAN)
    slots = {"order_ref_asked": ref}
    task = turn.slots.get("order_task") or "check"
    if task == "change":
        step = _change(turn, order, context)
    else:
        step = _cancel(turn, order, context) if task == "cancel" else _check(order, context)
    return replace(step, slots={**slots, **step.slots})


def _check(order: Order, context: Context) -> Step:
    said = line("utter_order_found", ref=order.ref, order=wording.stored(order, context))
    return Step(Spoken((said,)), {**_CLEAN, "order_ref": order.ref})


def _cancel(turn: Turn, order: Order, context: Context) -> Step:
    if turn.requested != "confirmed":
        ask = line("utter_confirm_cancel", order=wording.stored(order, context))
        return Step(Spoken((ask,)), ask="confirmed")
    if turn.intent in {"affirm", "cancel_order"}:
        with context.sessions.begin() as session:
            orders.cancel(session, session.merge(order), context.now())
        return Step(Spoken((line("utter_cancelled", ref=order.ref),)), _CLEAN)
    if turn.intent == "deny":
        return Step(Spoken((line("utter_left_as_it_is"),)), _CLEAN)
    return _again(turn, "confirmed")


def _change(turn: Turn, order: Order, context: Context) -> Step:
    fields = _MEAL if order.at is None else _SERVICE
    draft: dict[str, Any] = dict(turn.slots.get("order_draft") or {})
    read = reading.read(replace(turn, slots=_slots_of(order) | draft), fields, context.now())
    if read.problems:
        return Step(Spoken(read.problems[:1]), ask="change_to")
    if read.values:
        draft |= read.values
        wish = _wish(order, draft)
        said = line("utter_confirm_change", order=_say(wish, context))
        return Step(Spoken((said,)), {"order_draft": draft}, ask="confirmed")
    if turn.requested == "confirmed" and turn.intent == "affirm":
        wish = _wish(order, draft)
        with context.sessions.begin() as session:
            orders.change(session, session.merge(order), wish, context.now())
        return Step(Spoken((line("utter_changed", ref=order.ref),)), _CLEAN)
    if turn.requested == "confirmed" and turn.intent == "deny":
        return Step(Spoken(), {"order_draft": None}, ask="change_to")
    if turn.is_new:
        said = line("utter_order_found", ref=order.ref, order=wording.stored(order, context))
        return Step(Spoken((said,)), ask="change_to")
    return _again(turn, turn.requested or "change_to")


def _again(turn: Turn, slot: str) -> Step:
    count = int(turn.slots.get("unclear") or 0) + 1
    if count >= _PATIENCE:
        return Step(Spoken((line("utter_handover_in_form"),), handover="unanswered"), {**_CLEAN})
    return Step(Spoken((line("utter_unclear"),)), {"unclear": count}, ask=slot)


def _bare_reference(turn: Turn) -> str | None:
    """Four digits, when the reference was asked for."""
    digits = "".join(sign for sign in turn.text if sign.isdigit())
    return digits if turn.requested == "order_ref" and len(digits) == 4 else None


def _slots_of(order: Order) -> dict[str, Any]:
    return {
        "on_date": order.on.isoformat(),
        "meal": order.service if order.at is None else None,
        "at_time": f"{order.at:%H:%M}" if order.at else None,
    }


def _wish(order: Order, draft: dict[str, Any]) -> orders.Wish:
    changes: dict[str, Any] = {}
    for slot, value in draft.items():
        if value is not None:
            changes[_FIELDS[slot]] = _PARSERS.get(slot, _same)(value)
    return replace(orders.wish_of(order), **changes)


def _say(wish: orders.Wish, context: Context) -> str:
    return wording.stored(Order(**vars(wish)), context)


def _same(value: Any) -> Any:
    return value
