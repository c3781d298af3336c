"""Words of the domain that the recogniser wrote in other characters, put right by their sound."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from care.language.entity import Entity
from care.language.extractor import Extractor
from care.language.lexicon import EXACT, SAID, Word
from care.language.sound import syllables, syllables_alike
from voice.recognition.near import Near

_CERTAIN = frozenset("0123456789零〇一二两三四五六七八九十百千万亿幺俩仨不没别无非未")
"""What a number or a denial is made of is never written otherwise."""


@dataclass(frozen=True)
class Mend:
    """A word that was written otherwise than it was heard."""

    heard: str
    meant: str
    score: float
    """0–1, how alike they sound and how much of the writing stays."""

    start: int
    """Index of the first character in the mended text."""


class Mending:
    """Writes out what the extractor reads by sound, and what is one easy mishearing away.

    The conversation's own reading (`care.language`) finds misheard terms later anyway. So that the
    two never disagree, a term that it finds is written as it finds it, and a mend of our own stands
    only if every other thing that the utterance names stays the same.
    """

    def __init__(
        self,
        extractor: Extractor,
        words: Iterable[Word],
        others: Iterable[str],
        common: frozenset[str],
    ) -> None:
        """`words` of the lexicon, `others` beside them, `common` everyday words."""
        self._extractor = extractor
        self._common = common
        self._terms: dict[tuple[str, str], list[str]] = defaultdict(list)
        words = list(words)
        for word in words:
            if word.mode in (SAID, EXACT):
                self._terms[word.kind, word.value].append(word.text)
        known = frozenset(word.text for word in words)
        terms = {word.text for word in words if word.mode == SAID and word.kind in _NEAR_KINDS}
        self._near = Near(terms, frozenset(others) - known)

    def mend(self, text: str) -> tuple[str, tuple[Mend, ...]]:
        """`text` with its mends made, and what they were; again on the result it makes none."""
        mends: list[Mend] = []
        for find in (self._as_extracted, self._near_misses):
            for mend in sorted(find(text), key=lambda mend: -mend.start):
                other = text[: mend.start] + mend.meant + text[mend.start + len(mend.heard) :]
                if self._keeps_all(text, other):
                    mends = [_moved(each, mend) for each in mends]
                    mends.append(mend)
                    text = other
        return text, tuple(sorted(mends, key=lambda mend: mend.start))

    def _as_extracted(self, text: str) -> list[Mend]:
        return [
            mend
            for entity in self._extractor.extract(text)
            if (mend := self._written_out(text, entity)) is not None
        ]

    def _written_out(self, text: str, entity: Entity) -> Mend | None:
        heard = text[entity.start : entity.end]
        terms = self._terms.get((entity.kind, entity.value), ())
        # `care.language.missing` finds what is left of a long term with this little certainty.
        lost = int(len(heard) >= _LONG and entity.score < 0.8)
        fitting = [term for term in terms if 0 <= len(term) - len(heard) <= lost]
        if heard in terms or not fitting:
            return None
        sounds = syllables(heard)
        likeness, _, meant = max(
            (syllables_alike(sounds, syllables(term)), _kept(heard, term), term) for term in fitting
        )
        if likeness < _LEAST_ALIKE or not self._may_change(text, entity.start, heard, meant):
            return None
        return Mend(heard, meant, round(entity.score * likeness, 3), entity.start)

    def _near_misses(self, text: str) -> list[Mend]:
        taken = [(entity.start, entity.end) for entity in self._extractor.extract(text)]
        mends: list[Mend] = []
        for start, word, likeness in self._near.find(text, syllables(text)):
            end = start + len(word)
            heard = text[start:end]
            if any(start < last and first < end for first, last in taken):
                continue
            if _kept(heard, word) * 2 >= len(word) and self._may_change(text, start, heard, word):
                share = 0.9 + 0.1 * _kept(heard, word) / len(word)
                mends.append(Mend(heard, word, round(likeness * share, 3), start))
                taken.append((start, end))
        return mends

    def _may_change(self, text: str, start: int, heard: str, meant: str) -> bool:
        """No number, no denial, and no everyday word that was heard right."""
        if _certain(heard) != _certain(meant):
            return False
        if len(heard) != len(meant):
            return True  # a syllable was lost between words that stay
        return not any(
            text[place : place + 2] in self._common
            for changed, (old, new) in enumerate(zip(heard, meant, strict=True))
            if old != new
            for place in (start + changed - 1, start + changed)
            if place >= 0
        )

    def _keeps_all(self, text: str, other: str) -> bool:
        before = {(entity.kind, entity.value) for entity in self._extractor.extract(text)}
        after = {(entity.kind, entity.value) for entity in self._extractor.extract(other)}
        return before <= after and len(after - before) <= 1


_NEAR_KINDS = ("region", "benefit", "service")
_LEAST_ALIKE = 0.6
_LONG = 4
"""Characters left of a term that lost a syllable; 能评估 may be just that, not 能力评估."""


def _moved(made: Mend, earlier: Mend) -> Mend:
    """`made`, whose place a mend further to the front has shifted."""
    shift = len(earlier.meant) - len(earlier.heard) if earlier.start < made.start else 0
    return Mend(made.heard, made.meant, made.score, made.start + shift)


def _kept(heard: str, meant: str) -> int:
    return sum(old == new for old, new in zip(heard, meant, strict=False))


def _certain(text: str) -> list[str]:
    return [sign for sign in text if sign in _CERTAIN]
