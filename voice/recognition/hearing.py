"""From what the recogniser heard to the text that the conversation reads."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from care.data_files import DATA
from care.language.entity import Entity
from care.language.extractor import Extractor
from care.language.lexicon import load_common, load_list, load_words
from care.language.normalise import normalise
from voice.recognition.mending import Mend, Mending
from voice.recognition.numbers import applied, in_figures, rewrites
from voice.recognition.transcript import Transcript

_LONGEST = 300
"""Characters that are mended and put in figures; more in one breath is no answer but a story."""

_PASSES = 4
"""A figure may show that the numeral beside it is an hour or a day, too."""


@dataclass(frozen=True)
class Heard:
    """What a caller said, as it is written."""

    text: str
    """Normalised, without blanks, numbers in figures."""

    mended: tuple[Mend, ...]
    """Words that are written otherwise than they were heard."""

    confidence: float
    """0–1, the recogniser's own."""


class Hearing:
    """Mends and writes down; made once, then used from any thread."""

    def __init__(self, extractor: Extractor, mending: Mending, sayings: frozenset[str]) -> None:
        self._extractor = extractor
        self._mending = mending
        self._sayings = sayings

    @classmethod
    def load(cls, data: Path = DATA) -> "Hearing":
        """Reads `lexicon/`, `regions.yml` and `speech/hearing.yml`; raises PlainFileError."""
        extractor = Extractor.load(data)
        words = load_words(data)
        common = load_common(data / "lexicon" / "common_words.txt")
        path = data / "speech" / "hearing.yml"
        mending = Mending(extractor, words, load_list(path, "words"), common)
        sayings = {*load_list(path, "sayings"), *(w.text for w in words if _holds_numeral(w.text))}
        return cls(extractor, mending, frozenset(sayings))

    def understand(self, transcript: Transcript) -> Heard:
        """The text for the conversation. Hesitations stay: the conversation knows them."""
        text = normalise(transcript.text.replace(" ", ""))
        mends: tuple[Mend, ...] = ()
        if 1 < len(text) <= _LONGEST:
            text, mends = self._mending.mend(self._in_figures(text))
        return Heard(text, mends, transcript.confidence)

    def _in_figures(self, text: str) -> str:
        """Figures for numerals, wherever the utterance names the same things afterwards."""
        for _ in range(_PASSES):
            before, text = text, self._written_once(text)
            if text == before:
                break
        return text

    def _written_once(self, text: str) -> str:
        changes = rewrites(text, self._sayings)
        if not changes:
            return text
        named = self._named(text)
        written = applied(text, changes)
        if self._named(written) == named:
            return written
        for change in reversed(changes):
            one = applied(text, [change])
            if self._named(one) == named:
                text = one
        return text

    def _named(self, text: str) -> Counter[tuple[str, str]]:
        return Counter(_plain(entity) for entity in self._extractor.extract(text))


def _plain(entity: Entity) -> tuple[str, str]:
    return entity.kind, in_figures(entity.value)


def _holds_numeral(text: str) -> bool:
    return any(sign in "一二两三四五六七八九十百千" for sign in text)
