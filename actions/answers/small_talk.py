"""Courtesies and talk: each intent has a response of the same name in the domain."""

import re

from actions.context import Context
from actions.outcome import Spoken, line
from actions.turn import Turn

INTENTS = (
    "greet",
    "goodbye",
    "thanks",
    "speak_slowly",
    "wait",
    "ask_identity",
    "ask_capability",
    "chat_lonely",
    "express_frustration",
    "report_emergency",
    "cancel_alarm",
    "ask_alarm_status",
    "ask_human",
)

_BEREAVED = re.compile("去世|过世|不在了|走了|没了|后事|丧事")
"""The classifier hears 我老伴走了 as an emergency; an ambulance helps nobody any more."""
_HANDOVER = {"ask_human": "asked"}
_OFFERS = {
    "express_frustration": "person",
    "chat_lonely": "person",
    "report_emergency": "emergency",
}


def answer(turn: Turn, _context: Context) -> Spoken:
    """The response of this intent, and a person where one is due."""
    if turn.intent == "report_emergency" and _BEREAVED.search(turn.text):
        return Spoken((line("utter_condolence"),), offers="person")
    return Spoken(
        (line(f"utter_{turn.intent}"),),
        handover=_HANDOVER.get(turn.intent),
        offers=_OFFERS.get(turn.intent),
    )


def out_of_scope(turn: Turn, _context: Context) -> Spoken:
    """Not our field; the second time running a person is offered."""
    count = int(turn.slots.get("unclear") or 0) + 1
    offers = "person" if count > 1 else None
    return Spoken((line("utter_out_of_scope"),), offers=offers, slots={"unclear": count})


def repeat(turn: Turn, _context: Context) -> Spoken:
    """What was said last, once more, in the same words."""
    if not turn.last_said:
        return Spoken((line("utter_nothing_to_repeat"),))
    return Spoken(turn.last_said)
