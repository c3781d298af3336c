"""Cuts a clause in two where a reader would draw breath: never inside a word or a number."""

from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import NamedTuple

from voice.synthesis.clause import LONGEST, MARKS, SPEECH, Clause

_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿幺两半点第几")
_BEFORE = {"v": 3, "p": 4, "c": 4, "d": 3, "r": 1, "t": 2, "vn": 0, "m": 2}
"""How good it is to cut before a word of this kind: a preposition best, then a verb."""
_BOUND_BEFORE = frozenset("的地得了着过吗呢吧啊呀个位些们里上下中内外")
"""Belong to the word before them."""
_BOUND_AFTER = frozenset("的不没很太最和与或把被给在从到向对就也都还再每各这那哪")
"""Lean on the word after them."""
_SHORTEST = 3
"""Syllables; a piece below that sounds torn off."""


class _Gap(NamedTuple):
    worth: float
    at: int


@cache
def warm() -> None:
    """Loads the words and their kinds, so that the first caller doesn't wait for it."""
    _tagger().lcut("您好")


@cache
def _tagger() -> ModuleType:
    """A second and a half, which only those who speak need."""
    import jieba  # noqa: PLC0415
    import jieba.posseg  # noqa: PLC0415

    jieba.setLogLevel("ERROR")
    found: ModuleType = jieba.posseg
    return found


def cut(clause: Clause, most: int) -> tuple[Clause, Clause] | None:
    """Head of about `most` syllables, and the rest; None where there is no place to cut.

    A head longer than `most` is better than one that ends where nobody would pause.
    """
    gaps = _gaps(clause, most)
    if not gaps:
        return None
    at = max(gaps).at
    return Clause(clause.text[:at]), Clause(clause.text[at:])


def broken(clause: Clause) -> tuple[Clause, Clause]:
    """Head of LONGEST syllables and the rest, wherever that is: the network takes no more."""
    ends = [match.end() for match in SPEECH.finditer(clause.text)]
    at = ends[LONGEST - 1]
    return Clause(clause.text[:at]), Clause(clause.text[at:])


def _gaps(clause: Clause, most: int) -> list[_Gap]:
    """Places to cut, none of them inside what belongs together."""
    text = clause.text
    words = [(word.word, word.flag) for word in _tagger().lcut(text)]
    found: list[_Gap] = []
    at = said = 0
    for (word, flag), (following, kind) in pairwise(words):
        at += len(word)
        said += len(SPEECH.findall(word))
        if not said or following[0] in MARKS or not text[at:].strip(MARKS):
            continue
        if word[-1] not in MARKS and _together(word, flag, following):
            continue
        worth = 8.0 if word[-1] in MARKS else _BEFORE.get(kind, _BEFORE.get(kind[0], 0))
        if min(said, clause.syllables - said) < _SHORTEST:
            worth -= 9.0
        if said <= most:
            # A head too short leaves no time to make the rest while it is heard.
            found.append(_Gap(worth - abs(said - 0.75 * most) * 6 / most, at))
        elif said <= LONGEST:
            found.append(_Gap(worth - 3.0 * (said - most) - 4.0, at))
    return found


def _together(word: str, flag: str, following: str) -> bool:
    """Whether nobody would pause between the two words."""
    if following[0] in _BOUND_BEFORE or (len(word) == 1 and word in _BOUND_AFTER):
        return True
    if flag.startswith("m") or word[-1] in _NUMERALS:
        return True  # a number goes on, or its unit follows: 四百 | 五十 | 元
    return following[0] in _NUMERALS and word[-1] in "第每满约共"
