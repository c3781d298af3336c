"""Reduces a question to what it asks: no chatter, one word for one thing, digits for numerals."""

import re
from collections.abc import Iterable

from care.knowledge.words import Words
from care.language.normalise import normalise
from care.language.numerals import amount
from care.language.sound import syllables

_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千]{2,}|[二两三四五六七八九十](?=[万年岁家])")
_SIGNS = re.compile(r"[^\w]+|_")
_BY_SOUND = 3


class Reducer:
    """Brings questions and cards into the same few words; made once, used for every query."""

    def __init__(self, words: Words) -> None:
        self._chatter = _any_of(words.chatter)
        edges = _any_of(words.edges).pattern
        self._edges = re.compile(rf"^(?:{edges}|\W)+|(?:{edges}|\W)+$")
        self._particles = str.maketrans(dict.fromkeys(words.particles, ""))
        self._canonical = {
            word: canonical for canonical, others in words.synonyms.items() for word in others
        }
        self._canonical.update({canonical: canonical for canonical in words.synonyms})
        self._said = _any_of(self._canonical)
        self._sounds = {
            tuple(syllables(word)): canonical
            for word, canonical in self._canonical.items()
            if len(word) >= _BY_SOUND
        }
        self._lengths = sorted({len(sounds) for sounds in self._sounds}, reverse=True)

    def without_chatter(self, text: str) -> str:
        """`text` normalised, without fillers, preambles and signs."""
        text = self._chatter.sub("", normalise(text))
        text = _SIGNS.sub("", self._edges.sub("", text))
        return text.translate(self._particles)

    def reduce(self, text: str) -> str:
        """The words that `text` is searched by."""
        text = _NUMERAL.sub(_in_digits, text)
        text = self._said.sub(lambda match: self._canonical[match[0]], text)
        return self._heard(text)

    def _heard(self, text: str) -> str:
        """Replaces long words that only sound like a known one (老犯桌)."""
        spoken = syllables(text)
        if len(spoken) != len(text):
            return text
        found, at = "", 0
        while at < len(text):
            for length in self._lengths:
                canonical = self._sounds.get(tuple(spoken[at : at + length]))
                if canonical is not None:
                    found, at = found + canonical, at + length
                    break
            else:
                found, at = found + text[at], at + 1
        return found


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


def _in_digits(numeral: re.Match[str]) -> str:
    number = amount(numeral[0])
    return numeral[0] if number is None else str(number)
