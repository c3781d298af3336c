"""The days of a standing order in words: 每天, 每周一、三、五, 工作日, 每月初一、十五."""

import re
from collections.abc import Callable, Iterable

from care.language.numerals import amount, in_words
from care.orders.recurrence import DAILY, Pattern

_DAY_NAMES = "一二三四五六日"
_WEEK = r"(?:周|礼拜|星期)"
_DAY = rf"(?:{_WEEK}?[一二三四五六日天])"
_AND = r"[、,和跟与还有]*"
_DAILY = re.compile(r"每天|天天|每日|每一天|(?<!隔)每(?:晚|早)|每个?(?:中午|晚上|早上|早晨)|每顿")
_WORKDAYS = re.compile(r"工作日|上班的?日子")
_FROM_TO = re.compile(
    rf"(?:每|逢)?个?{_WEEK}([一二三四五六日天])(?:到|至){_WEEK}?([一二三四五六日天])(?!号|点)"
)
_WEEKLY = re.compile(rf"(?:每|逢)(?:个)?{_WEEK}((?:{_DAY}{_AND})+)")
_WEEKEND = re.compile(rf"(?:每|逢)个?(?:周末|{_WEEK}六日)|每个?礼拜天?末")
_EVERY_OTHER = re.compile(r"隔(?:一天|天|日)|(?:每|一)?两天一[次回趟顿]|每两天")
_COUNT = r"(?!一天)([一二两三四五六七八九十]{1,3}|\d{1,2})天"
_APART = re.compile(f"隔{_COUNT}")
_EVERY = re.compile(f"每{_COUNT}")
_MONTHLY = re.compile(
    r"每个?月的?(农历|阴历)?((?:[初廿]?[一二三四五六七八九十0-9]{1,3}[号日]?[、,和跟与]*)+)"
)
_OF_MONTH = re.compile(
    r"(初|廿)?([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})"
)
_LUNAR = re.compile(r"[初廿]")
_FIRST_TEN = re.compile(r"初[一二三四五六七八九十]")
"""初一十五 are two days."""


def read(text: str) -> Pattern | None:
    """The days that an utterance names to come again and again; None when it names none."""
    try:
        return _read(text)
    except ValueError:  # 每月四十号
        return None


def say(pattern: Pattern) -> str:
    """As it is read back."""
    numbers = pattern.numbers
    match pattern.kind:
        case "workdays":
            return "每个工作日"
        case "weekdays" if pattern == DAILY:
            return "每天"
        case "weekdays":
            return "每周" + "、".join(_DAY_NAMES[number] for number in numbers)
        case "every":
            return "每隔一天" if numbers[0] == 2 else f"每{in_words(numbers[0])}天"
        case "monthly":
            return "每月" + "、".join(f"{in_words(number)}号" for number in numbers)
    return "每月农历" + "、".join(_lunar_name(number) for number in numbers)


def _read(text: str) -> Pattern | None:
    for words, reading in _RULES:
        if found := words.search(text):
            return reading(found)
    return None


def _of_month(found: re.Match[str]) -> Pattern:
    said = _FIRST_TEN.sub(r"\g<0>、", found[2])
    numbers = {
        (amount(number) or 0) + (20 if lead == "廿" else 0)
        for lead, number in _OF_MONTH.findall(said)
    }
    is_lunar = bool(found[1]) or bool(_LUNAR.search(said))
    return Pattern("lunar" if is_lunar else "monthly", tuple(sorted(numbers)))


def _weekdays(numbers: Iterable[int]) -> Pattern:
    return Pattern("weekdays", tuple(sorted(set(numbers))))


def _number(sign: str) -> int:
    return 6 if sign == "天" else _DAY_NAMES.index(sign)


def _lunar_name(number: int) -> str:
    return f"初{in_words(number)}" if number <= 10 else in_words(number)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Pattern]], ...] = (
    (_WORKDAYS, lambda _: Pattern("workdays")),
    (_FROM_TO, lambda found: _weekdays(range(_number(found[1]), _number(found[2]) + 1))),
    (_WEEKEND, lambda _: _weekdays((5, 6))),
    (_WEEKLY, lambda found: _weekdays(map(_number, re.findall(r"[一二三四五六日天]", found[1])))),
    (_EVERY_OTHER, lambda _: Pattern("every", (2,))),
    (_APART, lambda found: Pattern("every", ((amount(found[1]) or 0) + 1,))),
    (_EVERY, lambda found: Pattern("every", (amount(found[1]) or 0,))),
    (_MONTHLY, _of_month),
    (_DAILY, lambda _: DAILY),
)
"""The first that fits counts."""
