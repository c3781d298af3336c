"""Times of the day, in twenty-four hours as written: 14:05 → 十四点零五分."""

import re

from voice.spoken.numbers import amount

_TIME = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?"
    r"(?![\d:]|\.\d)(?![ ]?比)(?:时(?![间段候]))?"
)
_BETWEEN = re.compile(r"(?<=:[0-5]\d)[ ]?(?:-{1,2}|—{1,2}|~|到|至)[ ]?(?=\d{1,2}:[0-5]\d)")
_RATIO_BEFORE = re.compile(r"(?:比例|比分|配比|比值|按)[为是约按]?[ ]?$")
_HOUR = re.compile(r"(?<![\d.])(\d{1,2})点(\d{2})(?!\d|\.\d)(?=分|[^\d%元万个]|$)")


def say_times(text: str) -> str:
    """8:30-11:30 → 八点半到十一点半; 下午3点05 → 下午三点零五分."""
    text = _BETWEEN.sub("到", text)
    text = _TIME.sub(_said, text)
    return _HOUR.sub(lambda m: _spoken(int(m[1]), int(m[2]), m.string[m.end() :][:1] != "分"), text)


def _said(match: re.Match[str]) -> str:
    if _RATIO_BEFORE.search(match.string, max(0, match.start() - 8), match.start()):
        return match[0]
    spoken = _spoken(int(match[1]), int(match[2]), True)
    if match[3] is None:
        return spoken
    if int(match[2]) in (0, 30):
        spoken = f"{_hour(int(match[1]))}{_minutes(int(match[2]))}分"
    return f"{spoken}{_minutes(int(match[3]))}秒"


def _spoken(hour: int, minute: int, with_unit: bool) -> str:
    if with_unit and minute == 0:
        return _hour(hour)
    if with_unit and minute == 30:
        return f"{_hour(hour)}半"
    return f"{_hour(hour)}{_minutes(minute)}{'分' if with_unit else ''}"


def _hour(hour: int) -> str:
    return f"{'两' if hour == 2 else amount(str(hour))}点"


def _minutes(minute: int) -> str:
    return ("零" if 0 < minute < 10 else "") + amount(str(minute))
