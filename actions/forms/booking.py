"""The course of a booking: fill what is missing, read back, change one thing, place or stop."""

import re
from dataclasses import dataclass, replace
from typing import Any

from actions.answers.orders import changes_way, conversation_id
from actions.answers.router import answer_in_passing, is_answerable
from actions.context import Context
from actions.forms import (
    home,
    limits,
    meal_fit,
    meal_twice,
    meal_way,
    price,
    reading,
    standing,
    wording,
)
from actions.forms.for_whom import elder_called, probable_elder, probable_name
from actions.forms.several import one_at_a_time
from actions.forms.step import Step
from actions.forms.tasks import ORDER_TASKS, TASKS
from actions.forms.too_late import too_late
from actions.forms.wishing import Read, wish_and_quote
from actions.outcome import Line, Spoken, line
from actions.record import Record, records
from actions.turn import SURE, Turn
from care.orders import service as orders
from care.orders.refusal import refusal

_OTHER_TASKS = {**TASKS, **ORDER_TASKS}

_LETS_A_QUESTION_GO = re.compile("问")
"""算了,先不问了: the question is dropped, not the booking."""
_PART_OF_TALK = {"repeat", "wait", "speak_slowly", "greet", "thanks"}
_SETTLED = {"correcting": None}
_BESIDE = ("confirmed", "quoted", "pattern", "festive", meal_way.SLOT)
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
    wish: Read
    placed: str
    """The response that tells the reference."""

    @property
    def own(self) -> dict[str, None]:
        """The slots that belong to this order alone, emptied; who and where stay known."""
        kept = {"person_name", "phone", "place"}
        return {slot: None for slot in (*self.slots, *_BESIDE) if slot not in kept}

    @property
    def _is_meal(self) -> bool:
        return "meal" in self.slots

    def advance(self, turn: Turn, context: Context) -> Step:
        """One turn of the form."""
        known = records(turn, context)
        read = reading.read(turn, (*self.slots, "pattern", "festive"), context.now())
        answered = home.answer(turn, read.values, known)
        stops = turn.intent in {"stop", "cancel_order"} and turn.confidence >= SURE
        if not turn.is_new and stops and not answered:
            return self._stop(turn)
        if turn.is_new:
            read = replace(read, values=self._defaults(turn) | read.values)
        read = replace(read, values=read.values | answered)
        if self._is_meal:
            with context.reading() as session:
                name = probable_name(turn, read.values, known)
                elder = elder_called(session, turn, name)
                read = meal_way.refine(session, turn, read, elder, context)
        if turn.is_new:
            aside = self._order_meant(turn, context)
        else:
            aside = self._aside(turn, context, read, known)
        if aside is not None:
            return aside
        if read.values or turn.is_new:
            read = replace(read, recorded=home.fill(turn.slots, read.values, known))
        slots = turn.slots | read.recorded | read.values
        if read.problems:
            return self._ask(turn, slots, read, known, context)
        if turn.requested == "confirmed" and not turn.is_new and not read.values:
            return self._confirm(turn, slots, known, context)
        if not read.values and not turn.is_new:
            return self._unclear(turn, slots)
        return self._ask(turn, slots, read, known, context)

    def _stop(self, turn: Turn) -> Step:
        if _LETS_A_QUESTION_GO.search(turn.text):
            return Step(Spoken((line("utter_back_to_booking"),)), {"unclear": 0}, turn.requested)
        return Step(Spoken((line("utter_stopped"),)), self.own)

    def _defaults(self, turn: Turn) -> dict[str, Any]:
        if turn.intent == "book_visit" and "service" in self.slots:
            return {"service": "探访"}
        return {}

    def _order_meant(self, turn: Turn, context: Context) -> Step | None:
        """还是送来吧 begins no booking where there is an order that it can be about."""
        meant = self._is_meal and changes_way(turn, context)
        return Step(Spoken(), then=ORDER_TASKS["change_order"]) if meant else None

    def _aside(
        self, turn: Turn, context: Context, read: reading.Reading, known: list[Record]
    ) -> Step | None:
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
        again, quoted = self._question(turn.requested, turn, turn.slots, known, context)
        spoken = replace(spoken, lines=(*spoken.lines, *back, *again))
        return Step(spoken, quoted, ask=turn.requested or "confirmed")

    def _ask(
        self,
        turn: Turn,
        slots: dict[str, Any],
        read: reading.Reading,
        known: list[Record],
        context: Context,
    ) -> Step:
        refused = limits.early(turn, slots, context)
        if refused is not None and refused.earliest is None and "service" not in self.slots:
            why = limits.lines(refused, slots, context)
            return Step(Spoken(why, offers="person"), self.own)
        instead = limits.instead(refused, slots) if refused else {}
        before = read.problems[:1]
        before += limits.lines(refused, slots, context) if refused else ()
        if self._is_meal:
            elder = probable_elder(turn, slots, known, context)
            there = meal_twice.end(turn, slots, elder, context, self.own)
            if there is not None:
                return there
            why, instead = meal_fit.early(slots, elder, context)
            before += why
        slots |= instead
        missing = next((s for s in self.slots if _is_missing(s, slots, known)), "confirmed")
        noted = wording.noted(_still(read.values, instead), context)
        noted = noted if missing != "confirmed" else None
        start = (line("utter_booking_started"),) if turn.is_new and not noted else ()
        again, quoted = self._question(missing, turn, slots, known, context)
        lines = (
            *start,
            *((line("utter_noted", noted=noted),) if noted else ()),
            *before,
            *one_at_a_time(turn, self.slots),
            *again,
        )
        kept = {**read.recorded, **read.values, **instead}
        return Step(Spoken(lines), {**kept, **_SETTLED, **quoted, "unclear": 0}, ask=missing)

    def _question(
        self,
        slot: str | None,
        turn: Turn,
        slots: dict[str, Any],
        known: list[Record],
        context: Context,
    ) -> tuple[tuple[Line, ...], dict[str, Any]]:
        """The questions that need more than a response of the domain, which Rasa's form utters by
        itself: what is on record, and the whole order with its price; and the slot that keeps what
        was said of the price."""
        if slot != "confirmed":
            return tuple(home.question(self.form, slot, slots, known)), {}
        with context.sessions() as session:  # a quote holds the elder's hours
            _, costs = wish_and_quote(session, self.wish, slots, turn, context)
        told = wording.order(self.form, home.told(slots, known), context)
        return (*price.lines(costs), line("utter_read_back", order=told)), {
            "quoted": price.key(costs)
        }

    def _confirm(
        self, turn: Turn, slots: dict[str, Any], known: list[Record], context: Context
    ) -> Step:
        yes = turn.agrees and not reading.is_question(turn)
        late = too_late(slots, context.now()) if yes else None
        if late:
            return Step(Spoken((late.problem,)), late.values, ask=next(iter(late.values)))
        stands = not self._is_meal or meal_fit.stands(
            slots, probable_elder(turn, slots, known, context), context
        )
        # A yes after a correction that wasn't understood must not order the old thing.
        sure = yes and stands and not slots.get("correcting")
        done = self._place(slots, turn, context) if sure else None
        if done:
            return done
        if yes:
            return self._ask(turn, slots, reading.Reading(), known, context)
        if turn.intent in {"deny", "correct"}:
            return Step(Spoken((line("utter_what_to_change"),)), {"correcting": True}, "confirmed")
        return self._unclear(turn, slots)

    def _place(self, slots: dict[str, Any], turn: Turn, context: Context) -> Step | None:
        """Stores it; None when it would cost something else than was said, or can't be had."""
        with context.sessions.begin() as session:
            wish, found = wish_and_quote(session, self.wish, slots, turn, context)
            if refusal(session, context.catalogue, wish, context.now()) is not None:
                return None
            if meal_twice.is_there(session, wish, slots):
                return None
            if price.key(found) != (slots.get("quoted") or ""):
                return None
            mine = conversation_id(session, turn)
            if slots.get("pattern"):
                return Step(Spoken(standing.begin(session, wish, slots, mine, context)), self.own)
            order = orders.place(
                session, wish, conversation_id=mine, now=context.now(), quote=found
            )
        placed = line(self.placed, ref=order.ref)
        return Step(Spoken((placed,)), {**self.own, "order_ref": order.ref})

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


def _is_missing(slot: str, slots: dict[str, Any], found: list[Record]) -> bool:
    if slots.get(meal_way.SLOT) and slot in meal_way.NOT_ASKED:
        return False
    return slots.get(slot) is None and home.is_asked(slot, slots, found)


def _still(values: dict[str, Any], instead: dict[str, Any]) -> dict[str, Any]:
    """What was understood and counts: what can't be isn't repeated as if it could."""
    return {slot: value for slot, value in values.items() if slot not in instead}
