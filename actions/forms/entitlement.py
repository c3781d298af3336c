"""Asking for the facts that an entitlement turns on, one at a time."""

import re
from dataclasses import replace
from typing import Any

from actions.answers import entitlement, policy
from actions.answers.router import answer_in_passing, is_answerable
from actions.context import Context
from actions.forms.step import Step
from actions.forms.tasks import ORDER_TASKS, TASKS
from actions.outcome import Line, Spoken, line
from actions.person import OFFERED_CATEGORIES, profile_of, remembered
from actions.turn import SURE, Turn
from care.entitlements.profile import FACTS
from care.language.numerals import amount

_TASKS = {**TASKS, **ORDER_TASKS, "cancel_order": "action_cancel_order"}
_SAME = {"ask_entitlement", "ask_my_entitlements"}
_REPLACES = {*policy.INTENTS, "ask_how_to_apply"}
"""Questions that take the place of the one asked; after any other talk it is asked again."""
_YES = {"hukou": "local", "pension": "has", "ability": "自理"}
_NO = {"hukou": "nonlocal", "pension": "none"}
"""What a plain yes or no means when this fact was asked for."""
_NUMBER = re.compile(r"\d{2,3}|[零一二三四五六七八九十百有]{2,4}")


def advance(turn: Turn, context: Context) -> Step:
    """One turn: take the facts in, then ask for the next one or tell the answer."""
    if not turn.is_new:
        aside = _aside(turn, context)
        if aside is not None:
            return aside
    facts = _facts(turn)
    if not turn.is_new and not facts and not turn.slots.get("unclear"):
        return Step(
            Spoken((line("utter_unclear"), *_question(turn.requested, context))),
            {"unclear": 1},
            ask=turn.requested,
        )
    slots = turn.slots | facts
    if turn.requested and not turn.is_new:
        slots["asked_facts"] = sorted({*(slots.get("asked_facts") or ()), turn.requested})
    benefit = _benefit(turn)
    decision = context.entitlements.decide(profile_of(slots), benefit)
    kept = {key: value for key, value in slots.items() if turn.slots.get(key) != value}
    kept |= {"benefit": benefit, "unclear": 0}
    fact = context.entitlements.next_question(decision)
    if fact:
        return Step(Spoken(_question(fact, context)), kept, ask=fact)
    return Step(entitlement.tell(decision, context), kept | entitlement.FORGET)


def _aside(turn: Turn, context: Context) -> Step | None:
    """Something else than the fact that was asked for; None when the turn belongs here."""
    if turn.confidence < SURE or turn.intent in _SAME:
        return None
    if turn.intent == "stop":
        return Step(Spoken((line("utter_stopped"),)), entitlement.FORGET)
    if turn.intent in _TASKS:
        return Step(Spoken(), entitlement.FORGET, then=_TASKS[turn.intent])
    if not is_answerable(turn.intent) or _facts(turn):
        return None
    spoken = answer_in_passing(turn, context)
    if turn.intent not in _REPLACES and not spoken.offers:
        again = () if turn.intent == "repeat" else _question(turn.requested, context)
        return Step(replace(spoken, lines=(*spoken.lines, *again)), ask=turn.requested)
    return Step(spoken, entitlement.FORGET)


def _facts(turn: Turn) -> dict[str, Any]:
    """The slots that this turn fills."""
    facts = remembered(turn)
    asked = turn.requested or ""
    if asked == "age" and "age" not in facts:
        number = _NUMBER.search(turn.text)
        age = amount(number.group()) if number else None
        if age is not None and 18 <= age <= 130:
            facts["age"] = str(age)
    if asked == "category" and ("categories" in facts or turn.says_no):
        known = {*(turn.slots.get("categories") or ()), *facts.get("categories", ())}
        facts["denied_categories"] = sorted(OFFERED_CATEGORIES - known)
    plain = _YES if turn.says_yes else _NO if turn.says_no else {}
    if asked in plain and asked not in facts:
        facts[asked] = plain[asked]
    return facts


def _benefit(turn: Turn) -> str | None:
    if turn.slots.get("entitlement_scope") == "all":
        return None
    return turn.first("benefit") or turn.slots.get("benefit")


def _question(fact: str | None, context: Context) -> tuple[Line, ...]:
    asked = next((name for name in FACTS if name == fact), None)
    return (Line(text=context.entitlements.question(asked)),) if asked else ()
