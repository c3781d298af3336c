"""On which days a standing order isn't wanted: 这周末, 下周一到周三, 春节那几天, 以后都不要."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from care.language.dates import resolve_date
from care.language.day_words import find_days
from care.language.entity import Entity
from care.language.numerals import amount
from care.language.resolve import without_overlaps
from care.orders.festivals import Festivals

_FOR_GOOD = re.compile(
    r"以后(?:都|就)?(?:不|别)|再也不|往后(?:都|就)?(?:不|别)|都停了?吧|不用再|开始不"
)
_WEEKEND = re.compile(r"(下)?个?(?:这|本)?个?周末|(下)(?:礼拜|星期)末")
_WEEK = re.compile(r"(这|本|下)个?(?:周|礼拜|星期)(?![末一二三四五六日天])")
_MONTH = re.compile(r"(这|本|下)个?月(?![初底末中的0-9一二三四五六七八九十])")
_SOME_DAYS = re.compile(r"([一二两三四五六七八九十]{1,3}|\d{1,2})天(?![前后])")
_WEEK_LONG = timedelta(days=7)
_TO = re.compile(r"^(?:号|日)?[,的]?(?:一直)?(?:到|至)$")


@dataclass(frozen=True)
class Skip:
    """Days that aren't wanted, both ends included."""

    first: date
    last: date | None
    """None: for good."""


def read(text: str, today: date) -> Skip | None:
    """The days from today on that an utterance names; None when it names none."""
    found = _read(text, today)
    if found is None or (found.last is not None and found.last < today):
        return None
    return Skip(max(found.first, today), found.last)


def _read(text: str, today: date) -> Skip | None:
    days = _days(text, today)
    if _FOR_GOOD.search(text):
        return Skip(days[0][1] if days else today + timedelta(days=1), None)
    found = _from_to(text, days) or _span(text, today) or _festival(text, today)
    if found is None and days:
        return Skip(days[0][1], days[0][1])
    return found or _some_days(text, today)


def _span(text: str, today: date) -> Skip | None:
    monday = today - timedelta(days=today.weekday())
    if found := _WEEKEND.search(text):
        saturday = monday + timedelta(days=12 if found[1] or found[2] else 5)
        return Skip(saturday, saturday + timedelta(days=1))
    if found := _WEEK.search(text):
        first = monday + timedelta(days=7 if found[1] == "下" else 0)
        return Skip(first, first + timedelta(days=6))
    if found := _MONTH.search(text):
        return _month(today, ahead=found[1] == "下")
    return None


def _some_days(text: str, today: date) -> Skip | None:
    found = _SOME_DAYS.search(text)
    count = amount(found[1]) if found else None
    return Skip(today + timedelta(days=1), today + timedelta(days=count)) if count else None


def _days(text: str, today: date) -> list[tuple[Entity, date]]:
    found = without_overlaps(list(find_days(text)))
    read = ((entity, resolve_date(entity.value, today)) for entity in found)
    return [(entity, day) for entity, day in read if day is not None]


def _from_to(text: str, days: list[tuple[Entity, date]]) -> Skip | None:
    for (one, first), (other, last) in pairwise(days):
        if not _TO.match(text[one.end : other.start]):
            continue
        # 下周二到周四: the second day belongs to the week of the first.
        ends = last + _WEEK_LONG if last < first <= last + _WEEK_LONG else last
        if first <= ends:
            return Skip(first, ends)
    return None


def _month(today: date, *, ahead: bool) -> Skip:
    first = today.replace(day=1)
    if ahead:
        first = (first + timedelta(days=31)).replace(day=1)
    return Skip(first, first.replace(day=monthrange(first.year, first.month)[1]))


def _festival(text: str, today: date) -> Skip | None:
    """All the days of the next festival of that name, and of those that it goes over into."""
    festivals = Festivals.own()
    said = next((each.name for each in festivals.festivals if each.name[:2] in text), None)
    said = "春节" if "过年" in text else said
    if said is None:
        return None
    year = (today + timedelta(days=n) for n in range(400))
    first = next((day for day in year if festivals.on(day) == said), None)
    if first is None:
        return None
    while festivals.on(first - timedelta(days=1)) and first > today:
        first -= timedelta(days=1)
    last = first
    while festivals.on(last + timedelta(days=1)):
        last += timedelta(days=1)
    return Skip(first, last)
