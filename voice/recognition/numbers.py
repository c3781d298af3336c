"""Spoken numerals as they are written: telephone numbers, money, ages, days, hours, doors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from care.language.clock_words import find_clock_times
from care.language.day_words import find_days
from care.language.numerals import DIGIT_OF, amount, digits
from care.language.phones import find_phones

_N = r"[零〇一二两三四五六七八九十百千万]+"
_D = "[零〇一二三四五六七八九幺两]"
_UNIT = "十百千万亿"

_PERCENT = re.compile(rf"百分之({_N})(?:点({_D}+))?(?![点{_UNIT}])")
_MONEY = re.compile(rf"({_N})(?=(?:块钱?|元钱?)(?![一二三四五六七八九儿头]))")
_AGE = re.compile(rf"({_N})(?=周?岁)")
_RUN = re.compile(rf"(?<![{_UNIT}{_D[1:-1]}第初周期拜之点])({_D}{{3,}})(?![{_UNIT}])")
_DOOR = re.compile(
    rf"{_N}(?:号楼|号院|栋|幢|单元)(?:{_N}(?:号楼|栋|幢|单元|门洞?|层|楼|号))*(?:{_N}(?:室|号|户)?(?!{_N}|[个人天点份]))?"
)
_STREET = re.compile(rf"(?<=[路街巷道])({_N})(?=号)")
_NUMBER = re.compile(_N)
_LUNAR = re.compile(
    r"农历|阴历|旧历|老历|正月|腊月|冬月|寒月|闰|[初廿卅]|八月十五|[三五六七九]月(?:初|十五)"
)
_IN_DAY = re.compile(rf"({_N}|{_D}{{4}})(?=[年月号日])")
_IN_TIME = re.compile(rf"{_N}(?=点)|(?<=点)零?{_N}(?=分)|(?<=点)零?{_N}$")
_REPEAT = re.compile(rf"([两二三四])个({_D}|[洞拐勾])")
_SAID_SO = {sign: str(digit) for sign, digit in DIGIT_OF.items()} | {
    "洞": "0",
    "拐": "7",
    "勾": "9",
}


@dataclass(frozen=True)
class Rewrite:
    """One stretch of text that is written otherwise; its value is the same."""

    start: int
    end: int
    """Index after the last character."""

    written: str


def rewrites(text: str, sayings: frozenset[str] = frozenset()) -> list[Rewrite]:
    """What of `text` is written in figures, in its order and without overlaps.

    The surer kinds come first; `sayings` are left alone, and so are lunar days (腊月二十三), small
    counts (三个人) and everything whose value isn't plain (八九十块, 三五百). But for 10,
    figures are never longer than the words: 骗走我八千块钱 has to stay as near together as the
    emergency rules expect it.
    """
    taken = [span for saying in sayings for span in _spans(text, saying)]
    found: list[Rewrite] = []
    for one in _candidates(text):
        said = text[one.start : one.end]
        if one.written == said or len(one.written) > len(said) + (said == "十"):
            continue
        if all(one.end <= start or end <= one.start for start, end in taken):
            taken.append((one.start, one.end))
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def applied(text: str, changes: list[Rewrite]) -> str:
    """`text` with `changes` (of `rewrites`) made."""
    for one in reversed(changes):
        text = text[: one.start] + one.written + text[one.end :]
    return text


def in_figures(words: str) -> str:
    """`words` with every numeral in figures, whatever it counts; for comparing, not for reading."""
    return _NUMBER.sub(lambda match: _figures(match[0]) or match[0], words.replace("幺", "一"))


def _candidates(text: str) -> Iterator[Rewrite]:
    yield from _phones(text)
    yield from _percents(text)
    for match in _DOOR.finditer(text):
        yield from _figures_in(match[0], match.start(), _NUMBER)
    for entity in find_days(text):
        if not _LUNAR.search(entity.value):
            yield from _figures_in(entity.value, entity.start, _IN_DAY)
    for entity in find_clock_times(text):
        if text[: entity.start].endswith("幺"):  # 幺二点: digits that are said one by one
            continue
        yield from _figures_in(entity.value, entity.start, _IN_TIME)
    for pattern, least in ((_MONEY, 10), (_AGE, 1), (_STREET, 1)):
        for match in pattern.finditer(text):
            value = amount(match[1])
            if value is not None and value >= least:
                yield Rewrite(*match.span(1), str(value))
    for match in _RUN.finditer(text):
        # Three digits without 幺 may be many things; four are a reference or a year.
        if "幺" in match[1] or (len(match[1]) >= 4 and not match[1].endswith("两")):
            yield Rewrite(*match.span(1), digits(match[1]) or match[1])


def _phones(text: str) -> Iterator[Rewrite]:
    for entity in find_phones(text):
        said = text[entity.start : entity.end]
        if entity.score == 1 and not said.isascii():
            spelled = _REPEAT.sub(lambda match: match[2] * int(_SAID_SO[match[1]]), said)
            number = "".join(_SAID_SO[sign] for sign in spelled if sign in _SAID_SO)
            yield Rewrite(entity.start, entity.end, number)


def _percents(text: str) -> Iterator[Rewrite]:
    for match in _PERCENT.finditer(text):
        whole, part = amount(match[1]), digits(match[2] or "")
        if whole is not None:
            yield Rewrite(*match.span(), f"{whole}.{part}%" if part else f"{whole}%")


def _figures_in(words: str, start: int, pattern: re.Pattern[str]) -> Iterator[Rewrite]:
    for match in pattern.finditer(words):
        figures = _figures(match[0])
        if figures is not None:
            yield Rewrite(start + match.start(), start + match.end(), figures)


def _figures(numeral: str) -> str | None:
    """五零一 → 501, 零五 → 05, 二十一 → 21; None when it names no one number."""
    if numeral == "零":
        return "0"
    if numeral.startswith("零") and len(numeral) > 1 and numeral[1] in _UNIT:
        return None
    if all(sign in DIGIT_OF for sign in numeral):
        return digits(numeral) if len(numeral) != 2 or numeral[0] in "零〇" else None
    value = amount(numeral)
    return None if value is None else str(value)


def _spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(re.escape(words), text):
        yield match.span()
