"""Mentions of our terms: as written, then by sound where the recogniser misheard."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from care.language.company import in_company, is_asked_for, is_denied, is_expected, names_a_street
from care.language.entity import Entity
from care.language.lexicon import EXACT, GUARDED, SAID, Word
from care.language.missing import Missing
from care.language.sound import accent_free, syllables

_LONGEST = 12
"""Characters; longer terms are found only as written."""

_SAME_KIND_ONLY = ("pension", "hukou")
"""Kinds whose terms hold a term of another kind: 游退休金 says more than 退休金."""

Key = tuple[str, ...]


class Mentions:
    """Finds the words of the lexicon in an utterance."""

    def __init__(self, words: Iterable[Word], common: Iterable[str]) -> None:
        """`common` are everyday words, into which no short term is read."""
        self._written: dict[str, list[Word]] = defaultdict(list)
        self._same_sound: dict[Key, list[Word]] = defaultdict(list)
        self._same_accent: dict[Key, list[Word]] = defaultdict(list)
        self._common = frozenset(common)
        words = list(words)
        self._missing = Missing(words)
        for word in words:
            self._written[word.text].append(word)
            if word.mode == SAID and 2 <= len(word.text) <= _LONGEST:
                self._learn_sound(word)
        self._written_lengths = sorted({len(text) for text in self._written})
        self._sound_lengths = sorted({len(key) for key in self._same_sound})

    def _learn_sound(self, word: Word) -> None:
        self._same_sound[tuple(syllables(word.text))].append(word)
        if len(word.text) >= 4:
            self._same_accent[tuple(_accent_free(syllables(word.text)))].append(word)

    def find(self, text: str, sounds: list[str]) -> Iterator[Entity]:
        """Every mention, overlapping ones included; those by sound score below 1.

        `sounds` are the syllables of `text`.
        """
        written = list(self._as_written(text))
        yield from written
        for entity in self._by_sound(text, sounds):
            if not _says_little_more(entity, written):
                yield entity
        for start, end, word in self._missing.find(text, sounds):
            if not _is_hindered(start, end, written) and self._counts(text, start, end, word):
                yield Entity(word.kind, word.value, start, end, 0.75)

    def _by_sound(self, text: str, plain: list[str]) -> Iterator[Entity]:
        for index, sounds, score in (
            (self._same_sound, tuple(plain), 0.95),
            (self._same_accent, tuple(_accent_free(plain)), 0.85),
        ):
            for length in self._sound_lengths:
                for start in range(len(sounds) - length + 1):
                    for word in index.get(sounds[start : start + length], ()):
                        if self._misheard(text, start, word) and self._counts(
                            text, start, start + length, word
                        ):
                            alike = _share_kept(text[start : start + length], word.text)
                            yield Entity(
                                word.kind, word.value, start, start + length, score * alike
                            )

    def _as_written(self, text: str) -> Iterator[Entity]:
        for length in self._written_lengths:
            for start in range(len(text) - length + 1):
                for word in self._written.get(text[start : start + length], ()):
                    if self._counts(text, start, start + length, word):
                        yield Entity(word.kind, word.value, start, _end(text, start, word))

    def _counts(self, text: str, start: int, end: int, word: Word) -> bool:
        if word.mode == GUARDED and not in_company(text, start, end, word.kind):
            return False
        if word.kind == "region" and len(word.text) == 2 and names_a_street(text, end):
            return False
        if is_denied(text, start, word.kind):
            return False
        if word.text in ("低保", "特困"):
            return (word.kind == "benefit") == is_asked_for(text, start, end)
        return word.mode in (SAID, EXACT, GUARDED)

    def _misheard(self, text: str, start: int, word: Word) -> bool:
        """Whether what stands at `start`, sounding like `word`, may be a mishearing of it.

        A short term must keep a character, and what changed must not be an everyday word: 注意 is
        no 助医, and 住一号楼 names no service.
        """
        heard = text[start : start + len(word.text)]
        if heard in self._written:
            return False
        kept = [a == b for a, b in zip(heard, word.text, strict=True)]
        if len(heard) >= 4:
            return sum(kept) * 4 >= len(heard)
        if not any(kept) and not is_expected(text, start, start + len(heard), word.kind):
            return False
        edges = (start + len(heard) - 1, *(() if word.kind == "region" else (start - 1,)))
        if any(self._common_word(text, place) for place in edges):
            return False
        return not any(
            self._common_word(text, start + place - 1) or self._common_word(text, start + place)
            for place, same in enumerate(kept)
            if not same
        )

    def _common_word(self, text: str, start: int) -> bool:
        return start >= 0 and text[start : start + 2] in self._common


def _end(text: str, start: int, word: Word) -> int:
    """Where `word` ends; 沈阳和平 takes the 区 of 和平区 with it."""
    end, last = start + len(word.text), word.value[-1]
    own = word.kind == "region" and last in "区县旗市镇" and not word.text.endswith(last)
    return end + (own and text.startswith(last, end))


def _share_kept(heard: str, term: str) -> float:
    """0.9 to 1: of two terms that sound the same, the one written more alike is meant."""
    kept = sum(a == b for a, b in zip(heard, term, strict=True))
    return 0.9 + 0.1 * kept / len(term)


def _says_little_more(heard: Entity, written: list[Entity]) -> bool:
    """银川是 sounds like 银川市, but 银川 is written there and says it all."""
    length = heard.end - heard.start
    own_kind = heard.kind in _SAME_KIND_ONLY
    return any(
        heard.start <= other.start
        and other.end <= heard.end
        and length - (other.end - other.start) <= 1
        and not (own_kind and other.kind != heard.kind)
        for other in written
    )


def _is_hindered(start: int, end: int, written: list[Entity]) -> bool:
    """Whether what is left of a term lies over a written one and says little more than that."""
    return any(
        start < other.end
        and other.start < end
        and not (
            start <= other.start and other.end <= end and end - start - 2 >= other.end - other.start
        )
        for other in written
    )


def _accent_free(sounds: list[str]) -> list[str]:
    """n/l, h/f and r/l are one sound as well."""
    return [accent_free(sound) for sound in sounds]
