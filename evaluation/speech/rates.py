"""Error rates: insertions, deletions and substitutions over the length of what was said."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from evaluation.speech.written import folded, syllables


@dataclass(frozen=True)
class Errors:
    """Of one sentence, or of many together."""

    wrong: int = 0
    """Edits (Levenshtein) from what was said to what was heard."""

    length: int = 0
    """Of what was said."""

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(self.wrong + other.wrong, self.length + other.length)

    @property
    def rate(self) -> float:
        """0 without any error; above 1 when more was heard than said. 0 for nothing said."""
        return self.wrong / self.length if self.length else 0.0


def errors(said: Sequence[Hashable], heard: Sequence[Hashable]) -> Errors:
    """How far `heard` is from `said`, both as characters or as syllables."""
    return Errors(Levenshtein.distance(said, heard), len(said))


@dataclass(frozen=True)
class Pair:
    """One sentence that was said and heard, each as bare Chinese characters."""

    said: str
    heard: str
    said_mended: str
    """`said` through the mending, so that figures are written alike on both sides."""
    heard_mended: str


@dataclass(frozen=True)
class Scores:
    """Everything about the sentences of one condition."""

    sentences: int
    strict: Errors
    """Characters."""
    alike: Errors
    """Characters; 他 and 她 count as one, as do others that mean the same."""
    syllables: Errors
    """Without tones."""
    mended: Errors
    """Characters, after `voice.recognition.hearing`."""
    whole: int
    """Sentences without an error, 他 and 她 counted as one."""


def score(pairs: Iterable[Pair]) -> Scores:
    """The pairs together."""
    pairs = list(pairs)
    alike = [errors(folded(pair.said), folded(pair.heard)) for pair in pairs]
    return Scores(
        sentences=len(pairs),
        strict=_sum(errors(pair.said, pair.heard) for pair in pairs),
        alike=_sum(alike),
        syllables=_sum(errors(syllables(pair.said), syllables(pair.heard)) for pair in pairs),
        mended=_sum(errors(pair.said_mended, pair.heard_mended) for pair in pairs),
        whole=sum(not one.wrong for one in alike),
    )


def _sum(parts: Iterable[Errors]) -> Errors:
    return sum(parts, Errors())
