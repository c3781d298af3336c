"""Holds a dialogue with the forms and answers as Rasa would, without Rasa."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from actions.answers import calendar, complaint, hours, orders, policy, small_talk, unsure, visits
from actions.answers import entitlement as entitlements
from actions.answers.router import Answer
from actions.context import Context
from actions.forms import complaint as complaint_form
from actions.forms import entitlement, order
from actions.forms.meal import MEAL
from actions.forms.service import SERVICE
from actions.forms.step import Step
from actions.outcome import Line, Spoken
from actions.person import remembered
from actions.turn import Mention, Turn
from care.conversations import service as conversations
from care.data_files import read_yaml
from care.entitlements.profile import FACTS
from care.language.extractor import Extractor
from care.language.normalise import normalise
from care.orders.model import Order
from care.orders.service import upcoming

FORMS: dict[str, Callable[[Turn, Context], Step]] = {
    "meal_form": MEAL.advance,
    "service_form": SERVICE.advance,
    "order_form": order.advance,
    "entitlement_form": entitlement.advance,
    "complaint_form": complaint_form.advance,
}
STARTS = {
    "order_meal": "meal_form",
    "book_service": "service_form",
    "book_visit": "service_form",
    "check_order": "action_check_order",
    "change_order": "action_change_order",
    "cancel_order": "action_cancel_order",
    "resume_order": "action_resume_order",
    "complain": "action_complain",
}
ANSWERS: dict[str, Answer] = {
    "action_check_order": orders.answer_check,
    "action_change_order": orders.answer_change,
    "action_cancel_order": orders.answer_cancel,
    "action_resume_order": orders.answer_resume,
    "action_complain": complaint.answer,
    "ask_hours": hours.answer,
    "ask_my_visit": visits.answer,
    "put_off_visit": visits.answer_put_off,
    "ask_entitlement": entitlements.answer,
    "ask_my_entitlements": entitlements.answer_all,
    "ask_how_to_apply": policy.answer_apply,
    "ask_date_time": calendar.answer,
    "inform": unsure.inform,
    "correct": unsure.correct,
    "ask_alarm_status": unsure.alarm_status,
    "nlu_fallback": unsure.unsure,
    "repeat": small_talk.repeat,
    "out_of_scope": small_talk.out_of_scope,
    **dict.fromkeys(policy.INTENTS, policy.answer),
}
_DOMAIN = Path(__file__).resolve().parents[2] / "bot" / "domain" / "forms.yml"


def slots_of_forms() -> dict[str, set[str]]:
    """What each form may ask for."""
    forms = read_yaml(_DOMAIN)["forms"]
    asked = {name: set(content["required_slots"]) for name, content in forms.items()}
    asked["entitlement_form"] = set(FACTS)  # it asks in its own words, whatever Rasa lists
    return asked


@dataclass(frozen=True)
class Said:
    """What one turn brought."""

    lines: tuple[Line, ...]
    ask: str | None
    handover: str | None
    offers: str | None

    @property
    def responses(self) -> tuple[str, ...]:
        """The names of the responses, in their order."""
        return tuple(line.response for line in self.lines if line.response)

    @property
    def text(self) -> str:
        """Finished texts, and the values of responses."""
        return "".join((line.text or "") + "".join(line.values.values()) for line in self.lines)

    @property
    def read_back(self) -> str | None:
        """The order that was read back in this turn."""
        return self.value("utter_read_back", "order")

    def value(self, response: str, name: str) -> str | None:
        """A value of a response, None when that wasn't said."""
        found = (line.values[name] for line in self.lines if line.response == response)
        return next(found, None)


NOTHING = Said((), None, None, None)


@dataclass
class Talk:
    """One conversation; the test says what each utterance means."""

    context: Context
    extractor: Extractor
    sender: str = "web-1"
    slots: dict[str, Any] = field(default_factory=dict)
    form: str | None = None
    requested: str | None = None
    last: Said = NOTHING
    id: int = 0
    dialogue_id: str = ""

    def __post_init__(self) -> None:
        with self.context.sessions.begin() as session:
            row = conversations.open_conversation(
                session, sender_id=self.sender, channel="web", now=self.context.now()
            )
            session.flush()
            self.id, self.dialogue_id = row.id, row.dialogue_id

    def at(self, now: datetime) -> None:
        """From here on it is `now`."""
        self.context = replace(self.context, clock=lambda: now)

    def say(self, text: str, intent: str = "inform", confidence: float = 0.9) -> Said:
        """One utterance, understood as `intent`."""
        text = normalise(text)
        mentions = tuple(
            Mention(e.kind, e.value, e.start, e.end) for e in self.extractor.extract(text)
        )

        def turn() -> Turn:
            slots = {**self.slots, "requested_slot": self.requested}
            return Turn(
                self.dialogue_id, text, intent, confidence, mentions, self.requested, slots,
                self.last.lines,
            )  # fmt: skip

        self.slots |= remembered(turn())
        self.last = self._run(turn, self.form or STARTS.get(intent, intent))
        return self.last

    def open_orders(self) -> list[Order]:
        """The orders that this conversation has placed and not cancelled."""
        with self.context.sessions() as session:
            return upcoming(session, self.id, self.context.today())

    def _run(self, turn: Callable[[], Turn], action: str) -> Said:
        lines: tuple[Line, ...] = ()
        handover = offers = None
        following: str | None = action
        while following:
            spoken, following = self._act(turn(), following)
            lines += spoken.lines
            handover, offers = handover or spoken.handover, offers or spoken.offers
        return Said(lines, self.requested, handover, offers)

    def _act(self, turn: Turn, action: str) -> tuple[Spoken, str | None]:
        if action not in FORMS:
            spoken = ANSWERS.get(action, small_talk.answer)(turn, self.context)
            self.slots |= spoken.slots
            return spoken, spoken.follow
        step = FORMS[action](turn, self.context)
        self.slots |= {"unclear": 0, **step.spoken.slots, **step.slots}
        self.requested, self.form = step.ask, action if step.ask else None
        return replace(step.spoken, lines=(*step.spoken.lines, *_question(action, step))), step.then


def _question(form: str, step: Step) -> tuple[Line, ...]:
    """What Rasa's form asks by itself."""
    if step.ask in {None, "confirmed", "for_whom", "at_home"} or form == "entitlement_form":
        return ()
    return (Line(response=f"utter_ask_{form}_{step.ask}"),)
