"""Whether a caller asks us to speak otherwise: 慢一点, 大点声, 再说一遍."""

import re
from functools import lru_cache

from voice.turn.pace_words import Wish, pace_words

__all__ = ["Wish", "pace_wish"]

_NOT_SAID = re.compile(r"[\W_]")
_LONGEST = 40
"""Syllables; who says more tells something."""

_FIRST = (Wish.LOUDER, Wish.SLOWER, Wish.SOFTER, Wish.FASTER, Wish.REPEAT)
"""太快了,听不清,再说一遍: the change counts, since the sentence is said again anyway."""

_Tokens = tuple[tuple[Wish | None, re.Pattern[str]], ...]


def pace_wish(text: str) -> Wish | None:
    """The wish that is all of `text`; None when anything else is in it (饭送快一点)."""
    plain = _NOT_SAID.sub("", text)
    if not 0 < len(plain) <= _LONGEST:
        return None
    for wish, phrases in pace_words().only.items():
        if plain in phrases:
            return wish
    wishes = _wishes(plain)
    return next((wish for wish in _FIRST if wish in wishes), None)


def _wishes(plain: str) -> frozenset[Wish]:
    """What the best way to read all of `plain` finds: the one with most of it in phrases."""
    best: list[tuple[int, frozenset[Wish]] | None] = [(0, frozenset())]
    best += [None] * len(plain)
    for at in range(len(plain)):
        here = best[at]
        if here is None:
            continue
        for wish, pattern in _tokens():
            match = pattern.match(plain, at)
            if match is None or match.end() == at:
                continue
            found = (here[0] + len(match[0]), here[1] | {wish}) if wish else here
            there = best[match.end()]
            if there is None or found[0] > there[0]:
                best[match.end()] = found
    whole = best[-1]
    return whole[1] if whole else frozenset()


@lru_cache(maxsize=1)
def _tokens() -> _Tokens:
    words = pace_words()
    wishes = [
        (group.wish, re.compile(phrase)) for group in words.wishes for phrase in group.phrases
    ]
    around = [(None, re.compile(re.escape(word))) for word in words.around]
    return (*wishes, *around)
