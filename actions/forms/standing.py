"""Standing orders in the conversation: begun with a booking, left out on some days, ended."""

import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from actions.answers.orders import running
from actions.context import Context
from actions.forms.step import Step
from actions.outcome import Line, Spoken, line
from actions.turn import Turn
from care.language.dates import say_date
from care.orders import coming, series, skip_words
from care.orders.pattern_words import say
from care.orders.recurrence import Pattern
from care.orders.skip_words import Skip
from care.orders.standing import OrderSeries
from care.orders.steps import Act
from care.orders.wish import Wish

DONE: dict[str, Any] = {"order_task": None, "order_draft": None, "confirmed": None, "unclear": 0}
_PATIENCE = 3
_NOT_WANTED = re.compile(r"^[^别先]*不(要|送|用|来)了?$")
"""都不送了,对不对? 不送了: a no that means yes."""


def begin(
    session: Session, wish: Wish, slots: dict[str, Any], mine: int | None, context: Context
) -> Line:
    """Keeps what comes again, and makes the orders of the coming days at once."""
    pattern = Pattern.parse(slots["pattern"])
    now = context.now()
    row = series.begin(session, wish, pattern, conversation_id=mine, now=now)
    coming.make(session, context.catalogue, row.id, now)
    first = say_date(wish.on, context.today())
    return line("utter_series_placed", days=say(pattern), first=first)


def skip(turn: Turn, context: Context) -> Step:
    """Leaves out the days that were named, or ends it; asks which days, and for a yes."""
    found = skip_words.read(turn.text, context.today())
    if turn.requested == "confirmed" and (found is None or turn.agrees):
        return _confirm(turn, context)
    if found is None:
        return _again(turn, "skip_days") if turn.requested else Step(Spoken(), ask="skip_days")
    with context.sessions() as session:
        what = _what(running(session, turn, context), context)
    days = _say(found, context)
    response = "utter_confirm_skip" if found.last else "utter_confirm_end"
    draft = {name: str(day) for name, day in vars(found).items() if day}
    asked = line(response, days=days, what=what)
    return Step(Spoken((asked,)), {"order_draft": draft, "unclear": 0}, ask="confirmed")


def _confirm(turn: Turn, context: Context) -> Step:
    draft = {name: date.fromisoformat(day) for name, day in turn.slots["order_draft"].items()}
    found = Skip(draft["first"], draft.get("last"))
    yes = turn.agrees or _NOT_WANTED.search(turn.text)
    if turn.says_no and not yes:
        return Step(Spoken((line("utter_left_as_it_is"),)), DONE)
    if not yes:
        return _again(turn, "confirmed")
    act = Act("caller", context.now())
    with context.sessions.begin() as session:
        for row in running(session, turn, context):
            if found.last is None:
                series.end(session, row.id, found.first - timedelta(days=1), act)
            else:
                series.pause(session, row.id, series.Span(found.first, found.last), act)
    response = "utter_skipped" if found.last else "utter_series_ended"
    return Step(Spoken((line(response, days=_say(found, context)),)), DONE)


def _again(turn: Turn, slot: str) -> Step:
    count = int(turn.slots.get("unclear") or 0) + 1
    if count >= _PATIENCE:
        spoken = Spoken((line("utter_handover_in_form"),), handover="unanswered")
        return Step(spoken, DONE)
    return Step(Spoken((line("utter_unclear"),)), {"unclear": count}, ask=slot)


def _what(rows: list[OrderSeries], context: Context) -> str:
    return "和".join(dict.fromkeys(context.catalogue.say(row.service) for row in rows))


def _say(found: Skip, context: Context) -> str:
    first = say_date(found.first, context.today())
    if found.last is None:
        return first
    last = say_date(found.last, context.today())
    return first if found.first == found.last else f"{first},到{last}"
