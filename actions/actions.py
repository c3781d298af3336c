"""Rasa's actions: each reads the turn, asks the domain, and speaks."""

from collections.abc import Callable
from typing import Any

from anyio import CapacityLimiter, to_thread
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import calendar, complaint, hours, orders, policy, small_talk, unsure, visits
from actions.answers import entitlement as entitlement_answers
from actions.answers.router import Answer
from actions.context import Context
from actions.forms import complaint as complaint_form
from actions.forms import entitlement, order
from actions.forms.meal import MEAL
from actions.forms.service import SERVICE
from actions.forms.step import Step, events
from actions.outcome import utter
from actions.person import remembered
from actions.turn import Turn, read_turn

_THREADS = CapacityLimiter(8)
"""Of their own: the web's threads may all be waiting for the very answers that are made here."""

_ANSWERS: dict[str, Answer] = {
    "action_answer_entitlement": entitlement_answers.answer,
    "action_answer_my_entitlements": entitlement_answers.answer_all,
    "action_answer_policy": policy.answer,
    "action_answer_apply": policy.answer_apply,
    "action_tell_date_time": calendar.answer,
    "action_talk": small_talk.answer,
    "action_thank": small_talk.answer,
    "action_repeat": small_talk.repeat,
    "action_out_of_scope": small_talk.out_of_scope,
    "action_check_order": orders.answer_check,
    "action_change_order": orders.answer_change,
    "action_cancel_order": orders.answer_cancel,
    "action_resume_order": orders.answer_resume,
    "action_complain": complaint.answer,
    "action_tell_hours": hours.answer,
    "action_tell_visit": visits.answer,
    "action_put_off_visit": visits.answer_put_off,
    "action_inform": unsure.inform,
    "action_correct": unsure.correct,
    "action_ask_alarm_status": unsure.alarm_status,
    "action_stop": unsure.stop,
    "action_default_fallback": unsure.unsure,
}

_DONE = "action_listen"

_SETTLING = {
    "action_answer_entitlement",
    "action_answer_my_entitlements",
    "action_answer_policy",
    "action_answer_apply",
    "action_check_order",
    "action_tell_hours",
    "action_thank",
}
"""After these, if nothing is left open, there is room for a question of the conversation's own."""


class _Named(Action):  # type: ignore[misc]  # rasa_sdk is not typed
    def __init__(self, name: str, context: Context) -> None:
        self._name, self._context = name, context

    def name(self) -> str:
        """The name in the domain."""
        return self._name


class AnswerAction(_Named):
    """Answers one turn, outside any form."""

    def __init__(self, name: str, answer: Answer, context: Context) -> None:
        super().__init__(name, context)
        self._answer = answer

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Speaks, remembers, and hands on to a form where more has to be asked."""
        turn = read_turn(tracker)
        spoken = await to_thread.run_sync(self._answer, turn, self._context, limiter=_THREADS)
        utter(dispatcher, spoken, settled=self.name() in _SETTLING)
        found: list[EventType] = [SlotSet(name, value) for name, value in spoken.slots.items()]
        # A form that was put aside for this answer leaves no rule for what comes next.
        return [*found, FollowupAction(spoken.follow or _DONE)]


class FormAction(_Named):
    """Validates a form's turn: the whole course of the form is decided here."""

    def __init__(
        self, name: str, advance: Callable[[Turn, Context], Step], context: Context
    ) -> None:
        super().__init__(name, context)
        self._advance = advance

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """One step of the form."""
        turn = read_turn(tracker)
        step = await to_thread.run_sync(self._advance, turn, self._context, limiter=_THREADS)
        utter(dispatcher, step.spoken, step.ask, settled=not step.then)
        return events(step)


class RememberAction(_Named):
    """Keeps what a person tells about themselves, in every turn."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Sets the slots of the person's profile."""
        return [SlotSet(name, value) for name, value in remembered(read_turn(tracker)).items()]


def build_actions(context: Context) -> list[Action]:
    """Every action of the domain."""
    return [
        RememberAction("action_validate_slot_mappings", context),
        *(AnswerAction(name, answer, context) for name, answer in _ANSWERS.items()),
        FormAction("validate_meal_form", MEAL.advance, context),
        FormAction("validate_service_form", SERVICE.advance, context),
        FormAction("validate_order_form", order.advance, context),
        FormAction("validate_entitlement_form", entitlement.advance, context),
        FormAction("validate_complaint_form", complaint_form.advance, context),
    ]
