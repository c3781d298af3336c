"""The course of a booking: fill what is missing, read back, change one thing, place or stop."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from actions.answers.orders import conversation_id
from actions.answers.router import answer_in_passing, is_answerable
from actions.context import Context
from actions.forms import price, reading, standing, wording
from actions.forms.step import Step
from actions.forms.tasks import ORDER_TASKS, TASKS
from actions.forms.where import region_in
from actions.outcome import Line, Spoken, line
from actions.turn import SURE, Turn
from care.orders import service as orders
from care.orders.quote import Quote, quote
from care.orders.whose import named

_OTHER_TASKS = {**TASKS, **ORDER_TASKS}

_LETS_A_QUESTION_GO = re.compile("问")
"""算了,先不问了: the question is dropped, not the booking."""
_PART_OF_TALK = {"repeat", "wait", "speak_slowly", "greet", "thanks"}
_SETTLED = {"correcting": None}
_BESIDE = ("confirmed", "quoted", "pattern")
"""Slots of a booking that are never asked for by name."""
_PATIENCE = 3
"""How often running an answer may not be understood before a person is offered."""


@dataclass(frozen=True)
class Booking:
    """One kind of booking."""

    form: str
    intents: tuple[str, ...]
    """Intents that mean this form, so that they never switch away from it."""
    slots: tuple[str, ...]
    """In the order in which they are asked."""
    wish: Callable[[dict[str, Any]], orders.Wish]
    """The order out of the filled slots."""
    placed: str
    """The response that tells the reference."""

    @property
    def own(self) -> dict[str, None]:
        """The slots that belong to this order alone, emptied; who and where stay known."""
        kept = {"person_name", "phone", "place"}
        return {slot: None for slot in (*self.slots, *_BESIDE) if slot not in kept}

    def advance(self, turn: Turn, context: Context) -> Step:
        """One turn of the form."""
        if not turn.is_new and turn.intent in {"stop", "cancel_order"} and turn.confidence >= SURE:
            return self._stop(turn)
        read = reading.read(turn, (*self.slots, "pattern"), context.now())
        if turn.is_new:
            read = replace(read, values=self._defaults(turn) | read.values)
        aside = None if turn.is_new else self._aside(turn, context, read)
        if aside is not None:
            return aside
        slots = turn.slots | read.values
        if read.problems:
            return self._ask(turn, slots, read, read.problems[:1], context)
        if turn.requested == "confirmed" and not turn.is_new and not read.values:
            return self._confirm(turn, slots, context)
        if not read.values and not turn.is_new:
            return self._unclear(turn, slots)
        return self._ask(turn, slots, read, (), context)

    def _stop(self, turn: Turn) -> Step:
        if _LETS_A_QUESTION_GO.search(turn.text):
            return Step(Spoken((line("utter_back_to_booking"),)), {"unclear": 0}, turn.requested)
        return Step(Spoken((line("utter_stopped"),)), self.own)

    def _defaults(self, turn: Turn) -> dict[str, Any]:
        if turn.intent == "book_visit" and "service" in self.slots:
            return {"service": "探访"}
        return {}

    def _aside(self, turn: Turn, context: Context, read: reading.Reading) -> Step | None:
        """A question or another wish in the middle; None when the turn belongs to the form."""
        starts = _OTHER_TASKS.get(turn.intent)
        other = starts and turn.intent not in self.intents and turn.confidence >= SURE
        if starts and other and not read.values:
            return Step(Spoken((line("utter_put_aside"),)), self.own, then=starts)
        asks = reading.is_question(turn) or (turn.confidence >= SURE and not read.values)
        if not (asks and is_answerable(turn.intent)):
            return None
        spoken = answer_in_passing(turn, context)
        if spoken.offers:  # the next word is about that; what was filled in is kept
            return Step(spoken)
        if turn.intent == "repeat":  # the question itself is asked again below
            spoken = Spoken(turn.last_said[:-1])
        is_aside = turn.requested != "confirmed" and turn.intent not in _PART_OF_TALK
        back = (line("utter_back_to_booking"),) if is_aside else ()
        again, quoted = self._read_back(turn.requested, turn, turn.slots, context)
        spoken = replace(spoken, lines=(*spoken.lines, *back, *again))
        return Step(spoken, quoted, ask=turn.requested or "confirmed")

    def _ask(
        self,
        turn: Turn,
        slots: dict[str, Any],
        read: reading.Reading,
        before: tuple[Line, ...],
        context: Context,
    ) -> Step:
        missing = next((slot for slot in self.slots if slots.get(slot) is None), "confirmed")
        noted = wording.noted(read.values, context) if missing != "confirmed" else None
        start = (line("utter_booking_started"),) if turn.is_new and not noted else ()
        again, quoted = self._read_back(missing, turn, slots, context)
        lines = (
            *start,
            *((line("utter_noted", noted=noted),) if noted else ()),
            *before,
            *self._one_at_a_time(turn),
            *again,
        )
        return Step(Spoken(lines), {**read.values, **_SETTLED, **quoted, "unclear": 0}, ask=missing)

    def _one_at_a_time(self, turn: Turn) -> tuple[Line, ...]:
        """Says so when more was wished for than one order holds."""
        both = bool(turn.first("service")) and bool(turn.first("meal") or "订饭" in turn.text)
        kinds = ("service",) if "service" in self.slots else ("meal", "time")
        several = any(len(set(turn.all(kind))) > 1 for kind in kinds)
        return (line("utter_one_at_a_time"),) if both or several else ()

    def _read_back(
        self, slot: str | None, turn: Turn, slots: dict[str, Any], context: Context
    ) -> tuple[tuple[Line, ...], dict[str, Any]]:
        """The whole order and its price, and the slot that keeps what was said of the price."""
        # Every other question is a response of the domain that Rasa's form utters by itself.
        if slot != "confirmed":
            return (), {}
        with context.sessions() as session:
            _, found = self._wish_and_quote(session, slots, turn, context)
        order = line("utter_read_back", order=wording.order(self.form, slots, context))
        return (*price.lines(found), order), {"quoted": price.key(found)}

    def _confirm(self, turn: Turn, slots: dict[str, Any], context: Context) -> Step:
        yes = turn.agrees and not reading.is_question(turn)
        late = reading.too_late(slots, context.now()) if yes else None
        if late:
            return Step(Spoken((late.problem,)), late.values, ask=next(iter(late.values)))
        # A yes after a correction that wasn't understood must not order the old thing.
        done = self._place(slots, turn, context) if yes and not slots.get("correcting") else None
        if done:
            return done
        if yes:
            lines, quoted = self._read_back("confirmed", turn, slots, context)
            return Step(Spoken(lines), {**_SETTLED, **quoted}, "confirmed")
        if turn.intent in {"deny", "correct"}:
            return Step(Spoken((line("utter_what_to_change"),)), {"correcting": True}, "confirmed")
        return self._unclear(turn, slots)

    def _place(self, slots: dict[str, Any], turn: Turn, context: Context) -> Step | None:
        """Stores it; None when it would cost something else than was said."""
        with context.sessions.begin() as session:
            wish, found = self._wish_and_quote(session, slots, turn, context)
            if price.key(found) != (slots.get("quoted") or ""):
                return None
            mine = conversation_id(session, turn)
            if slots.get("pattern"):
                return Step(
                    Spoken((standing.begin(session, wish, slots, mine, context),)), self.own
                )
            order = orders.place(
                session, wish, conversation_id=mine, now=context.now(), quote=found
            )
        placed = line(self.placed, ref=order.ref)
        return Step(Spoken((placed,)), {**self.own, "order_ref": order.ref})

    def _wish_and_quote(
        self, session: Session, slots: dict[str, Any], turn: Turn, context: Context
    ) -> tuple[orders.Wish, Quote]:
        wish = self.wish(slots)
        region = region_in(wish.place, context.regions)
        mine = conversation_id(session, turn)
        elder = named(session, mine, wish.person) if mine else None
        if region is None and elder is None:  # an elder's record knows better than what was said
            said = context.regions.find(slots.get("region") or "")
            region = said.name if said else None
        wish = replace(wish, region=region, elder_id=elder.id if elder else None)
        return wish, quote(session, context.catalogue, wish)

    def _unclear(self, turn: Turn, slots: dict[str, Any]) -> Step:
        if turn.intent == "correct":
            return Step(Spoken((line("utter_what_to_change"),)), ask=turn.requested)
        count = int(slots.get("unclear") or 0) + 1
        if count >= _PATIENCE:
            # The person who comes does the rest; a yes meant for them must not order anything.
            lines, handover = (line("utter_handover_in_form"),), "unanswered"
            return Step(Spoken(lines, handover=handover), {**self.own, "unclear": 0})
        response = "utter_say_yes_or_no" if turn.requested == "confirmed" else "utter_unclear"
        return Step(Spoken((line(response),)), {"unclear": count}, ask=turn.requested)
