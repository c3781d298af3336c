"""What a person is due: from the rules, after asking for no more than they need."""

from dataclasses import replace
from typing import Any

from actions.answers import policy
from actions.assumed import assume
from actions.assumed import told as say_assumed
from actions.context import Context
from actions.outcome import Line, Spoken, line
from actions.person import profile_of
from actions.turn import Turn
from care.entitlements.decide import Decision

FORGET: dict[str, Any] = {"asked_facts": None, "last_question": None, "unclear": 0}


def answer(turn: Turn, context: Context) -> Spoken:
    """About one benefit: the named one, or the one that the conversation is about."""
    benefit = turn.first("benefit") or _benefit_in_talk(turn)
    if benefit is None:
        return answer_all(turn, context)
    slots = {**assume(turn, context), "benefit": benefit, "entitlement_scope": "one"}
    decision = context.entitlements.decide(profile_of(turn.slots | slots), benefit)
    if decision.outcome in {"not_found", "outside"}:
        found = policy.look_up(turn, turn.text, "entitlement", context)
        if found:
            return found
    return _ask_or_tell(turn, decision, context, slots)


def answer_all(turn: Turn, context: Context) -> Spoken:
    """Everything that this person may be due."""
    slots = {**assume(turn, context), "benefit": None, "entitlement_scope": "all"}
    decision = context.entitlements.decide(profile_of(turn.slots | slots), None)
    return _ask_or_tell(turn, decision, context, slots)


def tell(decision: Decision, context: Context) -> Spoken:
    """The decision in words, all sentences as one, with what they rest on."""
    said = context.entitlements.say(decision)
    cites = tuple(f"rule:{rule}" for rule in said.cites)
    text = "".join(said.texts)
    lines = (Line(text=text, cites=cites, sources=said.sources),) if text else ()
    offers = "person" if said.offers_person else None
    return Spoken(lines, offers=offers, offer_is_told=True, slots=dict(FORGET))


def in_general(turn: Turn, context: Context) -> Spoken:
    """What can be said without asking back: for a question in the middle of something else."""
    benefit = turn.first("benefit") or _benefit_in_talk(turn)
    decision = context.entitlements.decide(profile_of(turn.slots), benefit)
    told = tell(decision, context)
    return told if told.lines else Spoken((line("utter_ask_after_booking"),))


def _ask_or_tell(turn: Turn, decision: Decision, context: Context, slots: dict[str, Any]) -> Spoken:
    assumed, untold = say_assumed(turn, turn.slots | slots, decision.benefit, context)
    slots = slots | untold
    if context.entitlements.next_question(decision):
        return Spoken(assumed, slots=slots, follow="entitlement_form")
    spoken = tell(decision, context)
    return replace(spoken, lines=(*assumed, *spoken.lines), slots={**slots, **spoken.slots})


def _benefit_in_talk(turn: Turn) -> str | None:
    # 我能领什么 ended the talk about one benefit; a question that names none then means all.
    return turn.slots.get("benefit") if turn.intent != "ask_my_entitlements" else None
