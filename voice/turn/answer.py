"""Whether a text is all that a question wanted."""

from collections.abc import Callable

from care.language.clock_words import find_clock_times
from care.language.day_words import find_days
from care.language.numerals import amount
from voice.turn.expectation import Expectation
from voice.turn.sentences import said, sentences

_LONGEST = 14
"""Syllables of a yes or no with everything around it."""

_VAGUE = ("礼拜", "星期", "周", "月", "那天", "当天", "前", "后")
"""A day that ends so is still to be named more exactly: 下礼拜."""

_PARTICLES = "啊呀吧呢嘛哈呗了噢哦呐的哇啦"
_COUNTED = ("岁", "份", "个人", "口人", "个", "位")
_BEFORE_AMOUNT = "我俺他她就都快要订来今年已经有是一共满虚周"
_PEOPLE = {"老两口", "我们俩", "俩", "仨", "就我一个", "两口人", "我和老伴", "一人一份"}


def is_answer(plain: str, expectation: Expectation) -> bool:
    """Whether nothing is missing in `plain` (no hesitation before it) after such a question.

    Telephone numbers, addresses and names are looked at elsewhere: they are rarely whole for sure.
    """
    check = _CHECKS.get(expectation)
    return check is not None and check(plain)


def is_yes_or_no(text: str) -> bool:
    """好, 对对, 不用了, 不知道: an answer to a question that wants no more."""
    shapes = sentences()
    plain = shapes.plain(text)
    return len(plain) <= _LONGEST and bool(shapes.yes_no.fullmatch(plain))


def is_murmur(text: str) -> bool:
    """嗯 and its like: heard, perhaps agreed, perhaps the beginning of something."""
    plain = said(text)
    return bool(plain) and set(plain) <= sentences().murmurs


def _is_amount(plain: str) -> bool:
    """两份, 八十三, 三个人; a bare ten may go on: 八十……三."""
    bare = plain.rstrip(_PARTICLES)
    if bare in _PEOPLE:
        return True
    number = bare.lstrip(_BEFORE_AMOUNT)
    unit = next((unit for unit in _COUNTED if number.endswith(unit)), "")
    number = number.removesuffix(unit)
    if amount(number) is None:
        return False
    return bool(unit) or plain != bare or not number.endswith(("十", "百", "两"))


def _is_day(plain: str) -> bool:
    bare = plain.rstrip(_PARTICLES)
    return any(
        entity.end == len(bare) and not entity.value.endswith(_VAGUE) for entity in find_days(bare)
    )


def _is_time(plain: str) -> bool:
    bare = plain.rstrip(_PARTICLES)
    return any(
        entity.end == len(bare) and any(sign in entity.value for sign in "点:")
        for entity in find_clock_times(bare)
    )


def _is_choice(plain: str) -> bool:
    return bool(sentences().choice.search(plain)) or is_yes_or_no(plain)


_CHECKS: dict[Expectation, Callable[[str], bool]] = {
    Expectation.YES_NO: is_yes_or_no,
    Expectation.AMOUNT: _is_amount,
    Expectation.DATE: _is_day,
    Expectation.TIME: _is_time,
    Expectation.CHOICE: _is_choice,
    Expectation.LIST: is_yes_or_no,  # more of it may follow; only a no closes the list
}
