"""Standing orders in the conversation: begun with a booking, paused, resumed, ended."""

import re
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy.orm import Session

from actions.answers.orders import running, stopped
from actions.context import Context
from actions.forms.step import Step
from actions.outcome import Line, Spoken, line
from actions.turn import Turn
from care.language.dates import say_date
from care.orders import coming, festive_words, series, skip_words
from care.orders.pattern_words import say
from care.orders.recurrence import Pattern
from care.orders.series import Festive
from care.orders.skip_words import Skip
from care.orders.standing import OrderSeries
from care.orders.steps import Act
from care.orders.wish import Wish

DONE: dict[str, Any] = {"order_task": None, "order_draft": None, "confirmed": None, "unclear": 0}
TASKS = frozenset({"skip", "resume", "festive"})
"""Of `order_task`: what this file does."""
_PATIENCE = 3
_NOT_WANTED = re.compile(r"^[^别先]*不(要|送|用|来)了?$")
"""都不送了,对不对? 不送了: a no that means yes."""


def begin(
    session: Session, wish: Wish, slots: dict[str, Any], mine: int | None, context: Context
) -> tuple[Line, ...]:
    """Keeps what comes again, and makes the orders of the coming days at once."""
    pattern = Pattern.parse(slots["pattern"])
    now = context.now()
    festivals = cast(Festive, slots.get("festive") or "ask")
    row = series.begin(session, wish, pattern, conversation_id=mine, now=now, festivals=festivals)
    coming.make(session, context.catalogue, row.id, now)
    first = say_date(wish.on, context.today())
    placed = line("utter_series_placed", days=say(pattern), first=first)
    # On working days alone no festival falls.
    festive = () if pattern.kind == "workdays" else (line(f"utter_festivals_{festivals}"),)
    return (placed, *festive)


def advance(turn: Turn, context: Context) -> Step:
    """One turn of leaving days out, going on, or settling what happens on festivals."""
    task = turn.slots.get("order_task")
    other_days = task == "skip" and skip_words.read(turn.text, context.today()) is not None
    if turn.requested == "confirmed" and (turn.agrees or not other_days):
        return _confirm(turn, context)
    if task == "resume":
        return _resume(turn, context)
    if task == "festive":
        return _festive(turn, context)
    return _skip(turn, context)


def _skip(turn: Turn, context: Context) -> Step:
    """Leaves out the days that were named, or ends it; asks which days, and for a yes."""
    found = skip_words.read(turn.text, context.today())
    if found is None:
        return _again(turn, "skip_days") if turn.requested else Step(Spoken(), ask="skip_days")
    with context.reading() as session:
        what = _what(running(session, turn, context), context)
    response = "utter_confirm_skip" if found.last else "utter_confirm_end"
    draft = {name: str(day) for name, day in vars(found).items() if day}
    return _asks(line(response, days=_say(found, context), what=what), draft)


def _resume(turn: Turn, context: Context) -> Step:
    """Goes on from the day that was named, or from tomorrow."""
    found = skip_words.read(turn.text, context.today())
    first = found.first if found else context.today() + timedelta(days=1)
    with context.reading() as session:
        what = _what(stopped(session, turn, context), context)
    day = say_date(first, context.today())
    return _asks(line("utter_confirm_resume", day=day, what=what), {"first": str(first)})


def _festive(turn: Turn, context: Context) -> Step:
    festive = festive_words.read(turn.text)
    if festive is None:  # the intent alone started it; what is meant has to be asked
        return Step(Spoken((line("utter_left_as_it_is"),)), DONE)
    with context.reading() as session:
        what = _what(running(session, turn, context), context)
    return _asks(line(f"utter_confirm_festivals_{festive}", what=what), {"festive": festive})


def _asks(asked: Line, draft: dict[str, str]) -> Step:
    return Step(Spoken((asked,)), {"order_draft": draft, "unclear": 0}, ask="confirmed")


def _confirm(turn: Turn, context: Context) -> Step:
    task, draft = turn.slots["order_task"], turn.slots["order_draft"]
    unwanted = task == "skip" and _NOT_WANTED.search(turn.text)
    if turn.says_no and not turn.agrees and not unwanted:
        return Step(Spoken((line("utter_left_as_it_is"),)), DONE)
    if not turn.agrees and not unwanted:
        return _again(turn, "confirmed")
    do = {"skip": _do_skip, "resume": _do_resume, "festive": _do_festive}[task]
    with context.sessions.begin() as session:
        done = do(session, turn, draft, context)
    return Step(Spoken((done,)), DONE)


def _do_skip(session: Session, turn: Turn, draft: dict[str, str], context: Context) -> Line:
    days = {name: date.fromisoformat(day) for name, day in draft.items()}
    found = Skip(days["first"], days.get("last"))
    act = Act("caller", context.now())
    for row in running(session, turn, context):
        if found.last is None:
            series.end(session, row.id, found.first - timedelta(days=1), act)
        else:
            series.pause(session, row.id, series.Span(found.first, found.last), act)
    response = "utter_skipped" if found.last else "utter_series_ended"
    return line(response, days=_say(found, context))


def _do_resume(session: Session, turn: Turn, draft: dict[str, str], context: Context) -> Line:
    first = date.fromisoformat(draft["first"])
    rows = stopped(session, turn, context)
    for row in rows:
        series.resume(session, row.id, first)
        coming.make(session, context.catalogue, row.id, context.now())
    what = _what(rows, context)
    return line("utter_series_resumed", day=say_date(first, context.today()), what=what)


def _do_festive(session: Session, turn: Turn, draft: dict[str, str], context: Context) -> Line:
    festive = cast(Festive, draft["festive"])
    for row in running(session, turn, context):
        series.on_festivals(session, row.id, festive)
    return line(f"utter_festivals_{festive}")


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
