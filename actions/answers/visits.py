"""The elder's own visits: who comes when, who was there last, and not now, please."""

import re
from datetime import date

from actions.answers import orders
from actions.answers.orders import conversation_id
from actions.context import Context
from actions.outcome import Line, Spoken, line
from actions.turn import Turn
from care.language.dates import say_date
from care.orders.whose import at_home
from care.visits.service import Last, Next, last_visit, next_visit
from care.visits.state import How
from care.visits.wishes import put_off

_ASKS_LAST = re.compile(r"上(一)?[次回]|上个?月|前几天|来过|了没|[来去看访]了吗|谁来?看?的我")
"""上次谁来的, 这个月来看我了没有: what was is told first."""


def answer(turn: Turn, context: Context) -> Spoken:
    """Only to whom the channel knows: an empty home is nobody else's business."""
    today, last_first = context.today(), bool(_ASKS_LAST.search(turn.text))
    with context.reading() as session:
        mine = conversation_id(session, turn)
        elders = at_home(session, mine) if mine else []
        found = [
            (each.name, next_visit(session, each.id), last_visit(session, each.id))
            for each in elders
        ]
    if not found:
        return Spoken((line("utter_visit_unknown"),), offers="person")
    lines: list[Line] = []
    for name, coming, was in found:
        if last_first:
            lines.append(_tell_last(name, was, today))
        if coming is not None:
            lines.append(_tell_next(name, coming, today))
        elif not last_first:
            lines.append(line("utter_visit_none", name=name))
    nothing = all(coming is None for _, coming, _ in found) and not last_first
    return Spoken(tuple(lines), offers="person" if nothing else None)


def answer_put_off(turn: Turn, context: Context) -> Spoken:
    """Told to whoever visits, and to the desk; the plan is changed by a person."""
    with context.sessions.begin() as session:
        mine = conversation_id(session, turn)
        elders = at_home(session, mine) if mine else []
        noted = [put_off(session, each, mine, now=context.now()) for each in elders]
    if any(noted):
        return Spoken((line("utter_visit_put_off"),))
    if orders.own_orders(turn, context):  # 改天再来: somebody else was to come
        return orders.answer_change(turn, context)
    if not elders:
        return Spoken((line("utter_visit_unknown"),), offers="person")
    return Spoken(tuple(line("utter_visit_none", name=each.name) for each in elders))


def _tell_next(name: str, visit: Next, today: date) -> Line:
    days = _days(visit, today)
    if visit.by_phone:
        return line("utter_visit_planned_phone", name=name, days=days)
    if visit.steward is None:
        return line("utter_visit_planned", name=name, days=days)
    return line("utter_visit_planned_steward", name=name, days=days, steward=visit.steward)


def _days(visit: Next, today: date) -> str:
    """Nobody knows the day yet, only from when on and until when."""
    until = say_date(visit.due_on, today)
    if visit.due_on == today:
        return until
    if visit.due_from <= today:
        return f"{until}以前,"
    return f"{say_date(visit.due_from, today)}到{until},"


def _tell_last(name: str, visit: Last | None, today: date) -> Line:
    if visit is None:
        return line("utter_visit_never", name=name)
    day = say_date(visit.on, today)
    if visit.how is How.PHONE:
        return line("utter_visit_last_phone", name=name, day=day)
    kind = "utter_visit_last_home" if visit.how is How.HOME else "utter_visit_last_elsewhere"
    return line(kind, name=name, day=day, visitor=visit.visitor or "养老管家")
