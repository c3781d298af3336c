"""The answer to: are you 王桂兰, or 李建国?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.pending import yes_or_no
from care.language.sound import syllables

_LONGEST = 8
"""Syllables of 是我呀,我是李建国; a longer utterance says what it is about, too."""

_TITLES = ("大爷", "大妈", "大娘", "奶奶", "爷爷", "先生", "女士", "老师", "师傅", "阿姨")


@dataclass(frozen=True)
class Meant:
    """What was understood."""

    elder: int | None = None
    """The record of whoever speaks."""
    answer: Literal["yes", "no"] | None = None
    """None: something else was said, or more, and is still to be answered."""


def who_it_is(text: str, elders: Mapping[int, str]) -> Meant:
    """`elders`: records and names that were asked for. The whole name counts, or the given name, or
    a surname that only one has: 我是李建国, 建国, 我姓李."""
    plain = yes_or_no(text)
    if plain is not None:
        only = next(iter(elders)) if len(elders) == 1 and plain == "yes" else None
        return Meant(only, plain)
    heard = syllables(text)
    short = sum(each.isalpha() for each in heard) <= _LONGEST
    for forms in (_whole, _given, _by_surname):
        fits = [number for number, name in elders.items() if _says(heard, forms(name))]
        if len(fits) == 1 and (short or forms is _whole):
            return Meant(fits[0], "yes" if short else None)
    return Meant()


def _whole(name: str) -> list[str]:
    return [name]


def _given(name: str) -> list[str]:
    return [name[1:]] if len(name) > 2 else []


def _by_surname(name: str) -> list[str]:
    """Never alone: 理发 sounds like 李."""
    surname = name[:1]
    return [f"姓{surname}", f"老{surname}", *(surname + title for title in _TITLES)]


def _says(heard: list[str], forms: list[str]) -> bool:
    return any(
        heard[at : at + len(wanted)] == wanted
        for wanted in map(syllables, forms)
        for at in range(len(heard) - len(wanted) + 1)
    )
