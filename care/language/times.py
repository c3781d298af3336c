"""Which time of day a caller means, and how to say one."""

import re
from datetime import time

from care.language.clock_words import PART_OF_DAY
from care.language.numerals import amount, in_words

_MORNING = 8
_PARTS: tuple[tuple[str, int | None, int, int], ...] = (
    # words, hour when said alone, and from which to which hour 12 is added
    (r"半夜|凌晨|后半夜", None, 8, 11),
    (r"夜里|夜间|夜晚", None, 5, 11),
    (r"大清早|一大早|大早上|大早", 7, 99, 99),
    (r"午前", 10, 99, 99),
    (r"上午|前晌|头晌|头响", 9, 99, 99),
    (r"正中午|大中午|晌午|响午|中午|正午|午间", 12, 1, 3),
    (r"下午|后晌|后响|过晌|过午|午后", 15, 1, 11),
    (r"傍晚|傍黑|擦黑|天快黑|天黑", 18, 1, 11),
    (r"晚上|晚间|晚夕|大晚上|黑夜|晚", 19, 4, 11),
    (r"早上|早晨|早起|清早|清晨|一早|早间|早", _MORNING, 99, 99),
)
_MIDNIGHT = re.compile(r"半夜|凌晨|夜|晚")
_PART = re.compile(PART_OF_DAY + r"|[早晚]")
_NUMBER = r"([0-9]{1,3}|[零〇一二两三四五六七八九十]{1,4})"
_CLOCK = re.compile(rf"{_NUMBER}点(?:钟)?(?:(半)|([一二两三])刻|(?:过|零)?{_NUMBER}分?(?!钟头))?")
_TO = re.compile(
    rf"差(?:(一刻)|{_NUMBER}分?)钟?(?:到|就)?{_NUMBER}点|{_NUMBER}点差(?:(一刻)|{_NUMBER}分?)"
)
_DIGITAL = re.compile(r"(\d{1,2}):(\d{2})")


def resolve_time(words: str) -> time | None:
    """The time that `words` mean; without 上午 or 下午 one by daylight (三点半 is 15:30).

    A part of the day alone is its usual hour: 上午 09:00, 晌午 12:00, 下午 15:00, 傍黑 18:00. None:
    there is no such time (25点), or nobody is visited then (半夜).
    """
    part = _PART.search(words)
    part_words = part[0] if part else ""
    digital = _DIGITAL.search(words)
    if digital:
        hour, minute = int(digital[1]), int(digital[2])
        return _time(_hour(hour, part_words) if part_words else hour, minute)
    before = _TO.search(words)
    if before:
        return _minutes_before(before, part_words)
    clock = _CLOCK.search(words)
    if clock:
        said = amount(clock[1])
        return None if said is None else _time(_hour(said, part_words), _minute(clock))
    return _usual(part_words)


def say_time(moment: time) -> str:
    """下午三点半, 上午九点零五分."""
    hour, minute = moment.hour, moment.minute
    part = next(name for last, name in _SPOKEN_PARTS if hour <= last)
    spoken = hour if hour <= 12 else hour - 12
    name = "两" if spoken == 2 else in_words(spoken)
    if minute == 0:
        rest = ""
    elif minute == 30:
        rest = "半"
    else:
        rest = ("零" if minute < 10 else "") + in_words(minute) + "分"
    return f"{part}{name}点{rest}"


_SPOKEN_PARTS = ((4, "凌晨"), (7, "早上"), (11, "上午"), (12, "中午"), (17, "下午"), (23, "晚上"))
"""Last hour of each part of the day."""


def _hour(hour: int, part: str) -> int:
    if hour > 12:
        return 0 if hour == 24 else hour
    if not part:
        return hour + 12 if 1 <= hour <= 6 else hour
    if hour == 12:
        return 0 if _MIDNIGHT.search(part) else 12
    for words, _, first, last in _PARTS:
        if re.fullmatch(f"(?:{words})儿?", part):
            return hour + 12 if first <= hour <= last else hour
    return hour


def _usual(part: str) -> time | None:
    for words, hour, _, _ in _PARTS:
        if re.fullmatch(f"(?:{words})儿?", part):
            return None if hour is None else time(hour)
    return None


def _minute(clock: re.Match[str]) -> int | None:
    if clock[2]:
        return 30
    if clock[3]:
        return (amount(clock[3]) or 0) * 15
    return amount(clock[4].removeprefix("零") or "零") if clock[4] else 0


def _minutes_before(match: re.Match[str], part: str) -> time | None:
    quarter = match[1] or match[5]
    minutes = 15 if quarter else amount(match[2] or match[6])
    said = amount(match[3] or match[4])
    if said is None or minutes is None or not 0 < minutes < 60:
        return None
    whole = _time(_hour(said, part), 0)
    return None if whole is None else time((whole.hour - 1) % 24, 60 - minutes)


def _time(hour: int, minute: int | None) -> time | None:
    if minute is None or not 0 <= hour <= 23 or not 0 <= minute <= 59:
        return None
    return time(hour, minute)
