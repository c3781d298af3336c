"""Which day a caller means, and how to say a day (Python 3.11 only)."""

import contextlib
import io
import re
from datetime import date, datetime

from care.clock import SHANGHAI
from care.language.date_rules import NEAR, read_by_rule
from care.language.day_words import find_days
from care.language.numerals import in_words
from care.language.resolve import without_overlaps

with contextlib.redirect_stdout(io.StringIO()):  # jionlp prints a banner
    import jionlp

_WEEKDAY_NAMES = "一二三四五六日"
_NAMES_A_DAY = re.compile(r"[天日号月周节伏]")


def resolve_date(words: str, today: date) -> date | None:
    """The day that `words` mean, as seen from `today`; the next such day where several are.

    A day in the past comes back only when the past was said (昨天, 上礼拜三, 去年中秋). None: there
    is no such day (二月三十) or the words leave it open (下礼拜, 过两天).
    """
    try:
        found, day = read_by_rule(words, today)
        if found:
            return day
        for entity in reversed(without_overlaps(find_days(words))):
            found, day = read_by_rule(entity.value, today)
            if found:
                return day
        return _by_jionlp(words, today)
    except OverflowError:  # beyond the year 9999
        return None


def say_date(day: date, today: date) -> str:
    """后天,十一月二十三号,星期一; the year only where it would be misunderstood."""
    near = NEAR.get((day - today).days)
    year = "" if near else _say_year(day, today)
    spoken = f"{year}{in_words(day.month)}月{in_words(day.day)}号"
    weekday = f"星期{_WEEKDAY_NAMES[day.weekday()]}"
    return ",".join(part for part in (near, spoken, weekday) if part)


def _say_year(day: date, today: date) -> str:
    if day.year == today.year:
        return "" if day >= today else "今年"
    for name, years in (("明年", 1), ("去年", -1)):
        if day.year == today.year + years:
            return name
    return "".join("零一二三四五六七八九"[int(sign)] for sign in f"{day.year:04d}") + "年"


def _by_jionlp(words: str, today: date) -> date | None:
    """Anything else that jionlp reads as exactly one day, from today on."""
    if not _NAMES_A_DAY.search(words):
        return None
    base = datetime(today.year, today.month, today.day, 9, tzinfo=SHANGHAI)
    try:
        parsed = jionlp.parse_time(words, time_base=base.timestamp())
    except Exception:
        return None
    if parsed.get("definition") != "accurate" or parsed.get("type") not in (
        "time_point",
        "time_span",
    ):
        return None
    first, last = (datetime.fromisoformat(str(moment)) for moment in parsed["time"])
    return first.date() if first.date() == last.date() >= today else None
