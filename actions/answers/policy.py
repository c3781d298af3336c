"""Answers out of the fact cards."""

from actions.answers import orders
from actions.context import Context
from actions.outcome import Line, Spoken, line
from actions.turn import Turn
from care.knowledge.answer import Ambiguous, Found
from care.knowledge.answer import answer as ask_cards

INTENTS = (
    "ask_hotline",
    "ask_canteen",
    "ask_care_home",
    "ask_home_care",
    "ask_adaptation",
    "ask_visiting",
    "ask_assessment",
    "ask_medical",
    "ask_rural",
    "ask_facilities",
    "ask_provider_policy",
    "ask_plan_figures",
)
_FORGET = {"last_question": None, "last_topic": None, "unclear": 0}


def answer(turn: Turn, context: Context) -> Spoken:
    """The card that answers, a question back for the region, or "not found" and a person."""
    if turn.intent == "ask_canteen" and orders.changes_way(turn, context):
        return orders.answer_change(turn, context)
    found = look_up(turn, turn.text, turn.intent.removeprefix("ask_"), context)
    return found or not_found(turn, context)


def answer_apply(turn: Turn, context: Context) -> Spoken:
    """How to apply: what the cards say of it, and honestly nothing more."""
    found = look_up(turn, turn.text, "apply", context)
    if found and found.lines[0].cites:
        return found
    # Asking back for the place would promise an answer: of no place do the cards tell it.
    return Spoken((line("utter_apply_unknown"),), offers="person", slots=dict(_FORGET))


def look_up(
    turn: Turn, question: str, topic: str | None, context: Context, least: float = 0.0
) -> Spoken | None:
    """What the cards say to `question`; None when they say nothing.

    `least` is the confidence that a card needs beyond the index's own threshold.
    """
    region = turn.first("region") or turn.slots.get("region")
    # Kept without its place, so that 那银川呢 asks the same of another.
    placeless = turn.without("region") if question == turn.text else question
    kept = {"last_question": placeless, "last_topic": topic}
    match ask_cards(context.cards, question, region, topic):
        case Found(hit=hit) if hit.confidence >= least:
            document = context.documents[hit.card.source.document]
            said = Line(
                text=hit.card.answer, cites=(f"card:{hit.card.id}",), sources=(document.shown,)
            )
            return Spoken((said,), slots={**_FORGET, "entitlement_scope": None, **kept})
        case Ambiguous(regions=regions):
            which = line("utter_which_region", regions="、".join(regions))
            return Spoken((which,), slots=kept)
    return None


def not_found(turn: Turn, context: Context) -> Spoken:
    """Nothing published is known: says so and offers a person."""
    region = turn.first("region")
    if region and context.regions.find(region) is None:
        said = line("utter_outside_region", region=region)
    else:
        said = line("utter_not_found")
    return Spoken((said,), offers="person", slots=dict(_FORGET))
