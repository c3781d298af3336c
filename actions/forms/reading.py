"""Reads the values of an order out of one utterance."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from actions.forms import own_words
from actions.forms.place import merged
from actions.outcome import Line, line
from actions.turn import Turn
from care.language.dates import resolve_date
from care.language.phones import check_phone
from care.language.times import resolve_time
from care.orders import festive_words, pattern_words
from care.orders.check import date_problem, meal_problem, time_problem
from care.orders.recurrence import Pattern, first_day

_QUESTION = re.compile(
    r"[?？]|吗|呢$|什么|啥|多少|怎么|咋|哪|几[个点号月时天]|星期几|为什么|谁|能不能|可不可以|有没有"
)
_DOOR = re.compile(
    r"(?:地址|门牌|房号|楼号)[^0-9零一二三四五六七八九十]{0,8}"
    r"(?P<door>[0-9零一二三四五六七八九十百]+(?:号楼|栋|幢|单元|层|楼|室|号)?)$"
)
"""门牌不对,是502; 地址说错了是十号."""
_CORRECTION = re.compile("不对|不是|错了|改|换|应该是|还是")
_ONLY_A_DAY = re.compile(r"[那就要不还是行吧的好了也给我订, ]*")
"""What may stand beside a day that is all of an answer: 那就明天吧."""
_ANSWERED_BY_NO = {"diet": "无忌口"}
"""What a plain 没有 or 不用 means when this was asked."""


Value = tuple[Any, Line | None]
"""A slot's new value, or None; and what is wrong with what was said."""


@dataclass(frozen=True)
class Reading:
    """New values by slot, and what could not be accepted."""

    values: dict[str, Any] = field(default_factory=dict)
    recorded: dict[str, Any] = field(default_factory=dict)
    """New values from a record, which nobody has said."""
    problems: tuple[Line, ...] = ()
    """Kind sentences about what can't be; the first is told."""


def read(turn: Turn, wanted: tuple[str, ...], now: datetime) -> Reading:
    """Everything that the utterance says about the slots in `wanted`."""
    values: dict[str, Any] = {}
    problems: list[Line] = []
    for slot in wanted:
        value, problem = _READERS[slot](turn, now) if slot in _READERS else (None, None)
        if problem:
            problems.append(problem)
        elif value is not None:
            values[slot] = value
    if turn.requested in wanted and not values and not problems:
        _answer_in_own_words(turn, values, problems)
    _begin_series(values, turn, now)
    _drop_impossible(values, problems, turn, now)
    return Reading(values, problems=tuple(problems))


def _begin_series(values: dict[str, Any], turn: Turn, now: datetime) -> None:
    """What comes again begins on the day that was said, or tomorrow: on its first day from then."""
    said = values.get("pattern") or turn.slots.get("pattern")
    if not said:
        values.pop("festive", None)
    if not said or not ("pattern" in values or "on_date" in values):
        return
    begins = values.get("on_date") or turn.slots.get("on_date")
    earliest = date.fromisoformat(begins) if begins else now.date() + timedelta(days=1)
    first = first_day(Pattern.parse(said), earliest)
    values["on_date"] = first.isoformat() if first else None


def is_question(turn: Turn) -> bool:
    """The utterance has a question word or mark."""
    return bool(_QUESTION.search(turn.text))


def _date(turn: Turn, now: datetime) -> Value:
    words = turn.first("date")
    if words is None or _is_no_new_date(turn):
        return None, None
    on = resolve_date(words, now.date())
    problem = date_problem(on, now.date())
    if problem or on is None:
        return None, line(f"utter_{problem}")
    return on.isoformat(), None


def _is_no_new_date(turn: Turn) -> bool:
    """A day that is known changes only by a correction: 八号 in an answer may be a house."""
    if _DOOR.search(turn.text):
        return True
    asked = turn.requested in {None, "on_date", "confirmed", "change_to"}
    alone = turn.first("meal") or _ONLY_A_DAY.fullmatch(turn.without("date"))
    named = turn.requested != "place" and bool(alone)
    other = named or bool(_CORRECTION.search(turn.text))
    return bool(turn.slots.get("on_date")) and not asked and not other


def _time(turn: Turn, now: datetime) -> Value:
    words = turn.first("time")
    if words is None:
        return None, None
    at = resolve_time(words)
    problem = time_problem(at, None, now)
    if problem or at is None:
        return None, line(f"utter_{problem}")
    return f"{at:%H:%M}", None


def _meal(turn: Turn, _now: datetime) -> Value:
    named = turn.first("meal")
    if named:
        return named, None
    words = turn.first("time")
    at = resolve_time(words) if words else None
    return (_meal_at(at) if at else None), None


def _meal_at(at: time) -> str:
    if at.hour < 10:
        return "早餐"
    return "午餐" if at.hour < 15 else "晚餐"


def _phone(turn: Turn, _now: datetime) -> Value:
    number = turn.first("phone")
    if number is None:
        digits = re.sub(r"\D", "", turn.text)
        # A wrong number is still an answer to "which number": say what is wrong with it.
        number = digits if turn.requested == "phone" and len(digits) >= 3 else None
    if number is None:
        return None, None
    problem = check_phone(number)
    return (None, line("utter_phone_problem", problem=problem)) if problem else (number, None)


def _count(turn: Turn, _now: datetime) -> Value:
    said = turn.first("count")
    if said is None or not said.isdigit():
        return None, None
    count = int(said)
    return (count, None) if 1 <= count <= 20 else (None, line("utter_count_out_of_range"))


def _place(turn: Turn, _now: datetime) -> Value:
    found = next((m for m in turn.mentions if m.kind == "address"), None)
    if found is None:
        door = _DOOR.search(turn.text)
        known = turn.slots.get("place")
        return (merged(known, door["door"]) if door and known else None), None
    before = next((m for m in turn.mentions if m.kind == "region" and m.end == found.start), None)
    # The district in front belongs to the address that a driver reads.
    district = turn.text[before.start : before.end] if before else ""
    said = found.value if found.value.startswith(district) else district + found.value
    return merged(turn.slots.get("place"), said), None


def _diet(turn: Turn, _now: datetime) -> Value:
    said = dict.fromkeys(turn.all("diet"))  # 一份软的一份清真的: both are kept
    return ("、".join(said) or None), None


def _person(turn: Turn, _now: datetime) -> Value:
    said = turn.first("name")
    if said is None and turn.requested == "person_name" and turn.first("phone"):
        said = own_words.name(turn.text)  # 王桂兰,电话是138…
    return said, None


def _pattern(turn: Turn, _now: datetime) -> Value:
    found = pattern_words.read(turn.text)
    return (str(found) if found else None), None


_READERS = {
    "pattern": _pattern,
    "festive": lambda turn, _now: (festive_words.read(turn.text), None),
    "meal": _meal,
    "on_date": _date,
    "at_time": _time,
    "count": _count,
    "diet": _diet,
    "service": lambda turn, _now: (turn.first("service"), None),
    "place": _place,
    "person_name": _person,
    "phone": _phone,
}


def _answer_in_own_words(turn: Turn, values: dict[str, Any], problems: list[Line]) -> None:
    """Takes what names no entity for an answer to the question, if it can be one."""
    slot, text = str(turn.requested), turn.text.strip(" ,.!?。，！？")
    if slot in _ANSWERED_BY_NO and (turn.says_no or own_words.whatever(text)):
        values[slot] = _ANSWERED_BY_NO[slot]
    elif slot in {"on_date", "at_time"} and own_words.whatever(text):
        problems.append(line(f"utter_pick_{slot}"))
    elif slot in _READ_IN_FULL and own_words.as_before(text):
        problems.append(line("utter_nothing_before"))
    elif slot in _READ_IN_FULL and not is_question(turn) and turn.intent not in _NO_ANSWER:
        value = _READ_IN_FULL[slot](text)
        if value:
            values[slot] = value


_NO_ANSWER = {"deny", "affirm", "stop", "repeat", "wait", "report_emergency"}
_READ_IN_FULL = {"place": own_words.place, "person_name": own_words.name}


def _drop_impossible(
    values: dict[str, Any], problems: list[Line], turn: Turn, now: datetime
) -> None:
    """A meal that is over on the first of its days, or an hour that is past: what can't be is asked
    again. For a single meal see actions.forms.meal_fit."""
    said_date = values.get("on_date") or turn.slots.get("on_date")
    if not said_date:
        return
    on = date.fromisoformat(said_date)
    meal = values.get("meal") or turn.slots.get("meal")
    series = values.get("pattern") or turn.slots.get("pattern")
    told = "meal" in values or "on_date" in values
    if meal and series and told and meal_problem(meal, on, now):
        problems.append(line("utter_meal_past"))
        values.pop("meal", None)
        values["on_date"] = None
    said_time = values.get("at_time") or turn.slots.get("at_time")
    if said_time and ("at_time" in values or "on_date" in values):
        problem = time_problem(time.fromisoformat(said_time), on, now)
        if problem:
            problems.append(line(f"utter_{problem}"))
            values["at_time"] = None
