"""The course of a complaint of which nothing was told yet: what happened, where to call back."""

from actions.answers.complaint import CLEAN, make
from actions.answers.router import answer_in_passing, is_answerable
from actions.context import Context
from actions.forms.step import Step
from actions.forms.tasks import ORDER_TASKS, TASKS
from actions.outcome import Spoken, line
from actions.turn import SURE, Turn
from care.complaints.words import Words
from care.language.phones import check_phone

_TASKS = {**TASKS, **ORDER_TASKS}
_PART_OF_TALK = {"repeat", "wait", "speak_slowly", "ask_identity"}
_NO_STORY = 3
"""Characters; less than that tells nothing."""


def advance(turn: Turn, context: Context) -> Step:
    """One turn of the form."""
    text = turn.slots.get("complaint")
    if turn.is_new:
        return Step(Spoken(), ask="complaint_phone" if text else "complaint")
    aside = _aside(turn, context)
    if aside is not None:
        return aside
    if turn.requested == "complaint_phone":
        return _phone(turn, str(text), context)
    if len(turn.text) < _NO_STORY or Words.own().says_no_more(turn.text):
        return _again(turn, "complaint")
    return make(turn, turn.text, None, context)


def _aside(turn: Turn, context: Context) -> Step | None:
    if turn.confidence < SURE:
        return None
    asks_story = turn.requested == "complaint"
    if asks_story and (turn.intent == "stop" or turn.says_no):
        return Step(Spoken((line("utter_complaint_dropped"),)), CLEAN)
    # 送饭的 in a story is no order: who wants one says no more than that, and names no fault.
    is_fault = Words.own().kind_of(turn.text) != "other"
    if turn.intent in _TASKS and not (asks_story and is_fault):
        return Step(Spoken((line("utter_put_aside"),)), CLEAN, then=_TASKS[turn.intent])
    if turn.intent in _PART_OF_TALK and is_answerable(turn.intent):
        return Step(answer_in_passing(turn, context), ask=turn.requested)
    return None


def _phone(turn: Turn, text: str, context: Context) -> Step:
    number = turn.first("phone")
    problem = check_phone(number) if number else None
    if problem:
        return Step(Spoken((line("utter_phone_problem", problem=problem),)), ask="complaint_phone")
    if number is None and not turn.says_no and turn.intent != "stop":
        if turn.slots.get("unclear"):
            return make(turn, text, "", context)
        return _again(turn, "complaint_phone")
    return make(turn, text, number or "", context)


def _again(turn: Turn, slot: str) -> Step:
    count = int(turn.slots.get("unclear") or 0) + 1
    if count > 1:
        return Step(Spoken((line("utter_complain"),), handover="complaint"), CLEAN)
    return Step(Spoken((line("utter_unclear"),)), {"unclear": count}, ask=slot)
