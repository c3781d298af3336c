"""What somebody typed into a field of a record, or what a cell of a sheet holds, as its value."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from care.elders.identity import IdentityError, read_identity
from care.elders.lists import Lists, Terms
from care.elders.number import national
from care.elders.sentences import sentence

Values = dict[str, Any]
"""Attributes of an elder."""

_NAME = re.compile(r"[一-鿿㐀-䶿·]{2,20}")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(\d{4})\s*年?")
_SEXES = {"女": "female", "女性": "female", "男": "male", "男性": "male"}
_RESIDENCES = {
    **dict.fromkeys(("农村", "农业", "农牧区", "农业户口", "农村户口"), "rural"),
    **dict.fromkeys(("城镇", "城市", "非农业", "非农", "城镇户口", "居民"), "urban"),
}
_YES, _NO = ("是", "有", "领", "在", "本地", "1"), ("否", "无", "没有", "不领", "不在", "外地", "0")
EARLIEST = 1900


class FieldError(ValueError):
    """A field can't be understood; the text is a Chinese sentence for whoever typed it."""


def name(typed: str, _lists: Lists) -> Values:
    """Chinese signs only: Mongolian and Uighur names have a point between their parts."""
    found = "".join(typed.split()).replace("•", "·").replace(".", "·")
    if not _NAME.fullmatch(found):
        raise FieldError(sentence("bad_name"))
    return {"name": found}


def phone(typed: str, _lists: Lists) -> Values:
    """In whatever form it is written."""
    found = national(typed)
    if found is None:
        raise FieldError(sentence("bad_phone"))
    return {"phone": found}


def identity(typed: str, _lists: Lists) -> Values:
    """With what it tells: the birthday and the sex."""
    try:
        found = read_identity(typed)
    except IdentityError as error:
        raise FieldError(sentence("bad_identity")) from error
    return {
        "identity": found.number,
        "birth_date": found.born,
        "birth_year": found.born.year,
        "sex": found.sex,
    }


def birth(typed: str, _lists: Lists) -> Values:
    """A day, or a year alone."""
    if year := _YEAR.fullmatch(typed):
        return {"birth_date": None, "birth_year": _year(int(year[1]))}
    found = day(typed)
    if found is None:
        raise FieldError(sentence("bad_birth"))
    return {"birth_date": found, "birth_year": _year(found.year)}


def day(typed: str) -> date | None:
    """A day in whatever form it is written; None for what is none."""
    found = _DAY.fullmatch(typed) or _DIGITS.fullmatch(typed)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def sex(typed: str, _lists: Lists) -> Values:
    """女 or 男."""
    return {"sex": _chosen(typed, _SEXES, "女、男")}


def region(typed: str, lists: Lists) -> Values:
    """The deepest that is named."""
    found = lists.region("".join(typed.split()))
    if found is None:
        raise FieldError(sentence("unknown_region", word=typed[:20]))
    return {"region": found}


def residence(typed: str, _lists: Lists) -> Values:
    """农村 or 城镇."""
    return {"residence": _chosen(typed, _RESIDENCES, "农村、城镇")}


def hukou(typed: str, _lists: Lists) -> Values:
    """是 or 否."""
    return {"hukou": "local" if _yes(typed) else "nonlocal"}


def pension(typed: str, _lists: Lists) -> Values:
    """是 or 否."""
    return {"pension": _yes(typed)}


def text(attribute: str, most: int) -> Callable[[str, Lists], Values]:
    """Any text up to a length."""

    def read(typed: str, _lists: Lists) -> Values:
        if len(typed) > most:
            raise FieldError(sentence("too_long", most=most))
        return {attribute: " ".join(typed.split())}

    return read


def one_of(attribute: str) -> Callable[[str, Lists], Values]:
    """One entry of the field's list."""

    def read(typed: str, lists: Lists) -> Values:
        terms = _terms(lists, attribute)
        found = terms.find(typed)
        if found is None:
            raise FieldError(_unknown(typed, terms))
        return {attribute: found}

    return read


def several(attribute: str) -> Callable[[str, Lists], Values]:
    """Entries of the field's list, with whatever between them."""

    def read(typed: str, lists: Lists) -> Values:
        terms = _terms(lists, attribute)
        codes, unknown = terms.split(typed)
        if unknown:
            raise FieldError(_unknown(unknown[0], terms))
        return {attribute: codes}

    return read


def _terms(lists: Lists, attribute: str) -> Terms:
    found = lists.of(attribute)
    if found is None:
        raise LookupError(f"{attribute} is chosen from no list")
    return found


def _year(year: int) -> int:
    if year < EARLIEST:
        raise FieldError(sentence("bad_birth"))
    return year


def _yes(typed: str) -> bool:
    if typed not in (*_YES, *_NO):
        raise FieldError(sentence("unknown_word", word=typed[:20], words="是、否"))
    return typed in _YES


def _chosen(typed: str, words: dict[str, str], told: str) -> str:
    if typed not in words:
        raise FieldError(sentence("unknown_word", word=typed[:20], words=told))
    return words[typed]


def _unknown(word: str, terms: Terms) -> str:
    return sentence("unknown_word", word=word[:20], words="、".join(terms.codes))
