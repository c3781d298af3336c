"""Utterances that no intent claims: answers out of context, or an honest "I didn't get that"."""

import re

from actions.answers import entitlement, orders, policy
from actions.context import Context
from actions.outcome import Spoken, line
from actions.turn import Turn

_PERSONAL = ("age", "category", "ability", "residence", "pension", "hukou", "region")

_CANCEL = re.compile("取消|退了|退掉|不要了")
_DUE = re.compile("领|享受|待遇|补贴|补助|津贴")
_SURE = 0.7
"""Confidence that a card needs when no intent says that a policy was asked about."""
_STARTS = {"service": "service_form", "meal": "meal_form"}


def inform(turn: Turn, context: Context) -> Spoken:
    """A bare statement outside a form: it belongs to the question before, if there was one."""
    if orders.changes_way(turn, context):
        return orders.answer_change(turn, context)
    question = turn.slots.get("last_question")
    if question and turn.first("region"):
        found = policy.look_up(turn, question, turn.slots.get("last_topic"), context)
        return found or policy.not_found(turn, context)
    for kind, form in _STARTS.items():
        if turn.first(kind):
            return Spoken(follow=form)
    personal = _is_personal(turn)
    if turn.first("benefit") or (personal and turn.slots.get("entitlement_scope")):
        return entitlement.answer(turn, context)
    return Spoken((line("utter_what_about_it"),)) if personal else unsure(turn, context)


def correct(turn: Turn, context: Context) -> Spoken:
    """不对,是后天 with no form open: it means the order that was just placed."""
    about_facts = _is_personal(turn) and turn.slots.get("entitlement_scope")
    if turn.slots.get("order_ref") and not about_facts:
        return orders.answer_change(turn, context)
    return inform(turn, context) if turn.mentions else Spoken((line("utter_not_understood"),))


def stop(turn: Turn, context: Context) -> Spoken:
    """取消吧 with no form open: it means the order, if there is one."""
    if _CANCEL.search(turn.text) and orders.own_orders(turn, context):
        return orders.answer_cancel(turn, context)
    return Spoken((line("utter_stopped" if turn.intent == "stop" else "utter_cancel_alarm"),))


def alarm_status(turn: Turn, context: Context) -> Spoken:
    """怎么还没来 without an open alarm: most likely a meal or a worker is late."""
    if orders.own_orders(turn, context):
        return orders.answer_check(turn, context)
    return Spoken((line("utter_ask_alarm_status"),))


def unsure(turn: Turn, context: Context) -> Spoken:
    """Not understood: the cards may know; else asks again, and the second time offers a person."""
    if orders.changes_way(turn, context):
        return orders.answer_change(turn, context)
    for kind, form in _STARTS.items():
        if turn.first(kind) and turn.first("date"):
            return Spoken(follow=form)
    if _is_personal(turn) and _DUE.search(turn.text):
        return entitlement.answer(turn, context)
    found = policy.look_up(turn, turn.text, None, context, least=_SURE)
    if found and found.lines[0].cites:
        return found
    count = int(turn.slots.get("unclear") or 0) + 1
    return Spoken(
        (line("utter_not_understood"),),
        offers="person" if count > 1 else None,
        slots={"unclear": count},
    )


def _is_personal(turn: Turn) -> bool:
    return any(turn.first(kind) for kind in _PERSONAL)
