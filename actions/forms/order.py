"""The course of looking up, changing or cancelling an order that was placed."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from actions.answers.orders import own_orders, tell, tell_all
from actions.answers.router import answer_in_passing, is_answerable
from actions.context import Context
from actions.forms import finding, limits, meal_fit, order_way, price, reading, standing, wording
from actions.forms.changing import say, slots_of, wish_with
from actions.forms.step import Step
from actions.forms.tasks import TASKS
from actions.outcome import Line, Spoken, line
from actions.turn import SURE, Turn
from care.canteens.fitness import is_another
from care.orders import life
from care.orders import service as orders
from care.orders.attention import ALLERGY
from care.orders.model import Order
from care.orders.quote import quote
from care.orders.refusal import refusal
from care.orders.state import AHEAD, DRAFT
from care.orders.steps import Act, locked

_MEAL = ("on_date", "meal", "count", "diet", "place", "person_name", "phone")
_SERVICE = ("service", "on_date", "at_time", "place", "person_name", "phone")
_CLEAN: dict[str, Any] = {
    "order_task": None,
    "order_draft": None,
    "order_ref_asked": None,
    "order_phone": None,
    "change_to": None,
    "confirmed": None,
    "unclear": 0,
}
_CANCELS = re.compile("^(?!.*(别|先不|不退|不取消|留)).*(不要|退|取消)")
"""真的不要了吗? 不要了: a no that means yes."""
_WANTED = re.compile(r"^(?!.*[不别])(.{0,3})(要|送|来|定|订)")
_IDENTIFY = {"order_ref_asked", "order_phone"}
_CHANGEABLE = {"date", "time", "count", "diet", "meal", "address", "phone", "name"}
"""Kinds that answer "what shall it be changed to"; a service named alone is a new wish."""
_PATIENCE = 3


def advance(turn: Turn, context: Context) -> Step:
    """One turn: find the order, then do with it what was asked."""
    if not turn.is_new:
        aside = _aside(turn, context)
        if aside is not None:
            return aside
    if turn.slots.get("order_task") in standing.TASKS:
        return standing.advance(turn, context)
    asked = finding.asked(turn)
    named = None if asked.ref else finding.by_day(turn, context)
    if named is not None:
        order, turn = named
        asked = replace(asked, ref=order.ref)
    else:
        found = finding.find(turn, asked, context)
        if found is None:
            return _identify(turn, asked, context)
        order = found
    kept = {"order_ref_asked": asked.ref, "order_phone": asked.phone}
    step = _do(turn, order, context)
    return replace(step, slots={**kept, **step.slots})


def _do(turn: Turn, order: Order, context: Context) -> Step:
    task = turn.slots.get("order_task") or "check"
    if turn.requested == "confirmed" and turn.slots.get("confirmed") != order.ref:
        # Another order than the one that was read back: nothing of it is confirmed yet.
        fresh = turn.slots | {"order_draft": None}
        turn = replace(turn, requested=None, slots=fresh)
    if task == "check" and order.state == DRAFT:
        return _draft(turn, order, context)
    if task == "check" or order.state not in AHEAD:
        return Step(Spoken((tell(order, context),)), {**_CLEAN, "order_ref": order.ref})
    return _cancel(turn, order, context) if task == "cancel" else _change(turn, order, context)


def _aside(turn: Turn, context: Context) -> Step | None:
    if turn.slots.get("order_task") == "change" and order_way.is_named(turn):
        return None
    if turn.intent == "stop" and turn.confidence >= SURE and turn.requested != "confirmed":
        return Step(Spoken((line("utter_left_as_it_is"),)), _CLEAN)
    task = TASKS.get(turn.intent)
    changes = turn.requested == "change_to" and any(m.kind in _CHANGEABLE for m in turn.mentions)
    if task and turn.confidence >= SURE and not changes:
        return Step(Spoken((line("utter_put_aside"),)), _CLEAN, then=task)
    asks = not turn.mentions or reading.is_question(turn)
    if is_answerable(turn.intent) and turn.confidence >= SURE and asks:
        spoken = answer_in_passing(turn, context)
        if spoken.offers:
            return Step(spoken, _CLEAN)
        again = (line("utter_say_yes_or_no"),) if turn.requested == "confirmed" else ()
        lines = (*spoken.lines, *again)
        return Step(replace(spoken, lines=lines), ask=turn.requested or "order_ref_asked")
    return None


def _identify(turn: Turn, asked: finding.Asked, context: Context) -> Step:
    """Asks which order; one placed elsewhere needs the phone number that was left with it."""
    if not asked.ref:
        if turn.requested == "order_ref_asked":
            return _again(turn, "order_ref_asked")
        listed = tell_all(own_orders(turn, context), context)
        return Step(Spoken(listed), ask="order_ref_asked")
    with context.reading() as session:
        exists = orders.exists(session, asked.ref)
    if exists and turn.requested != "order_phone":
        return Step(Spoken(), {"order_ref_asked": asked.ref}, ask="order_phone")
    if exists and turn.first("phone") is None:
        return _again(turn, "order_phone")
    return Step(Spoken((line("utter_order_unknown", ref=asked.ref),), offers="person"), _CLEAN)


def _draft(turn: Turn, order: Order, context: Context) -> Step:
    """Somebody told the number of what waits for a yes: it is theirs to say."""
    if turn.requested != "confirmed":
        lines = (tell(order, context), line("utter_confirm_draft"))
        return Step(Spoken(lines), {"confirmed": order.ref}, ask="confirmed")
    if turn.says_no or _CANCELS.search(turn.text):
        return _changed(order, context, lambda session: _end(session, order, context))
    if turn.agrees or turn.says_yes or _WANTED.search(turn.text):
        return _changed(order, context, lambda session: _settle(session, order, context))
    return _again(turn, "confirmed")


def _cancel(turn: Turn, order: Order, context: Context) -> Step:
    if turn.requested != "confirmed":
        ask = line("utter_confirm_cancel", order=wording.stored(order, context))
        return Step(Spoken((ask,)), {"confirmed": order.ref}, ask="confirmed")
    if _CANCELS.search(turn.text) or turn.agrees:
        return _changed(order, context, lambda session: _end(session, order, context))
    if turn.says_no:
        return Step(Spoken((line("utter_left_as_it_is"),)), _CLEAN)
    return _again(turn, "confirmed")


def _change(turn: Turn, order: Order, context: Context) -> Step:
    fields = _MEAL if order.at is None else _SERVICE
    draft: dict[str, Any] = dict(turn.slots.get("order_draft") or {})
    if turn.requested in _IDENTIFY:  # the number that found the order is no change of it
        return Step(Spoken((tell(order, context),)), ask="change_to")
    read = reading.read(replace(turn, slots=slots_of(order) | draft), fields, context.now())
    read = order_way.refine(turn, read, order, draft, context)
    if read.problems:
        return Step(Spoken(read.problems[:1]), ask="change_to")
    if read.values:
        return _propose(order, draft | read.values, context)
    if turn.requested == "confirmed":
        return _confirm_change(turn, order, draft, context)
    if turn.is_new:
        return Step(Spoken((tell(order, context),)), ask="change_to")
    return _again(turn, turn.requested or "change_to")


def _propose(order: Order, draft: dict[str, Any], context: Context) -> Step:
    """Reads the changed order back, as far as the catalogue allows it."""
    wish = wish_with(order, draft)
    stopped, better = meal_fit.changed(order, wish, context)
    if stopped and better["on_date"] is None:
        return Step(Spoken(stopped), {"order_draft": None}, ask="change_to")
    draft |= better
    wish = wish_with(order, draft)
    with context.sessions() as session:  # a quote holds the elder's hours
        refused = refusal(session, context.catalogue, wish, context.now(), instead_of=order)
        told = {"service": wish.service}
        why = limits.lines(refused, told, context) if refused else ()
        if refused and refused.earliest is None:
            return Step(Spoken(why), {"order_draft": None}, ask="change_to")
        if refused:
            draft |= limits.instead(refused, told)
            wish = wish_with(order, draft)
        costs = price.lines(quote(session, context.catalogue, wish, instead_of=order))
    said = line("utter_confirm_change", order=say(wish, draft, context))
    slots = {"order_draft": draft, "confirmed": order.ref}
    return Step(Spoken((*stopped, *why, *costs, said)), slots, ask="confirmed")


def _confirm_change(turn: Turn, order: Order, draft: dict[str, Any], context: Context) -> Step:
    wish = wish_with(order, draft)
    if turn.agrees and not reading.is_question(turn):
        with context.reading() as session:
            late = refusal(session, context.catalogue, wish, context.now(), instead_of=order)
        if late is not None or not meal_fit.stays(order, wish, context):
            return _propose(order, draft, context)
        return _changed(order, context, lambda session: _replace(session, order, wish, context))
    if turn.intent == "stop":
        return Step(Spoken((line("utter_left_as_it_is"),)), _CLEAN)
    if turn.says_no:
        return Step(Spoken(), {"order_draft": None}, ask="change_to")
    return _again(turn, "confirmed")


def _changed(order: Order, context: Context, do: Callable[[Session], Line]) -> Step:
    """Does it, or tells how far the order is by now."""
    try:
        with context.sessions.begin() as session:
            done = do(session)
    except orders.OrderStateError:
        with context.reading() as session:
            done = tell(session.get_one(Order, order.id), context)
    return Step(Spoken((done,)), _CLEAN)


def _end(session: Session, order: Order, context: Context) -> Line:
    orders.cancel(session, order, context.now())
    return line("utter_cancelled", ref=order.ref)


def _settle(session: Session, order: Order, context: Context) -> Line:
    life.confirm(session, order.id, Act("caller", context.now()))
    return line("utter_draft_confirmed", ref=order.ref)


def _replace(session: Session, order: Order, wish: orders.Wish, context: Context) -> Line:
    order = locked(session, order.id)
    if why := meal_fit.why_not_now(session, order, wish, context):
        return why
    costs = quote(session, context.catalogue, wish, instead_of=order)
    # Who says yes to its new day has said yes to a draft; but what is in a meal is the desk's.
    agreed = order.state == DRAFT and (order.attention != ALLERGY or is_another(wish, order))
    orders.change(session, order, wish, context.now(), quote=costs)
    if agreed:
        life.confirm(session, order.id, Act("caller", context.now()))
    return line("utter_changed", ref=order.ref)


def _again(turn: Turn, slot: str) -> Step:
    count = int(turn.slots.get("unclear") or 0) + 1
    if count >= _PATIENCE:
        spoken = Spoken((line("utter_handover_in_form"),), handover="unanswered")
        return Step(spoken, _CLEAN)
    return Step(Spoken((line("utter_unclear"),)), {"unclear": count}, ask=slot)
