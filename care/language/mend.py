"""Puts right what the recogniser misheard, character for character, so that places stay."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from care.language.slips import put_right
from care.language.sound import syllables

_NUMBER = "0-9零〇一二两三四五六七八九十百几"

_CERTAIN = frozenset("0123456789零〇一二两三四五六七八九十百千万幺俩仨不没别")
"""What a number or a denial is made of is never taken for anything else, nor made of it."""


class Mender:
    """Knows the words that dates, times, ages and addresses are built from."""

    def __init__(
        self, words: Iterable[str], after_number: Mapping[str, str], common: frozenset[str]
    ) -> None:
        """`after_number`: a unit and the characters it is misheard as; `common`: everyday words."""
        self._words: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word in sorted(words, key=len, reverse=True):
            self._words[tuple(syllables(word))].append(word)
        self._known = frozenset(word for same in self._words.values() for word in same)
        self._lengths = sorted({len(sounds) for sounds in self._words}, reverse=True)
        self._units = tuple(
            (re.compile(f"(?<=[{_NUMBER}])[{misheard}]"), unit)
            for unit, misheard in after_number.items()
        )
        self._common = common

    def mend(self, text: str, sounds: list[str]) -> str:
        """`text` with its misheard words put right; as long as before.

        `sounds` are the syllables of `text`. Longer words go first, and a character is put right
        only once.
        """
        signs = list(text)
        done = [False] * len(text)
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                end = start + length
                for word in self._words.get(tuple(sounds[start:end]), ()):
                    if not any(done[start:end]) and self._misheard(text, start, word):
                        signs[start:end] = word
                        done[start:end] = [True] * length
        mended = "".join(signs)
        for pattern, unit in self._units:
            mended = pattern.sub(unit, mended)
        return put_right(mended)

    def _misheard(self, text: str, start: int, word: str) -> bool:
        heard = text[start : start + len(word)]
        if heard == word or heard in self._known:
            return False
        changed = [place for place, sign in enumerate(word) if heard[place] != sign]
        if len(changed) == len(word):
            return False
        if any(heard[place] in _CERTAIN or word[place] in _CERTAIN for place in changed):
            return False
        if len(word) == 2 and heard in self._common:
            return False
        return not any(self._in_common_word(text, start + place) for place in changed)

    def _in_common_word(self, text: str, place: int) -> bool:
        return any(
            text[start : start + 2] in self._common for start in (place - 1, place) if start >= 0
        )
