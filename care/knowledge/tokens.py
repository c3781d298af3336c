"""The two streams that a text is searched by: what is written and what is heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from care.language.sound import syllables


@dataclass(frozen=True)
class Streams:
    """A text's tokens, in order and as often as they stand there, for BM25."""

    written: list[str]
    """Characters and character pairs."""

    heard: list[str]
    """Pairs of toneless syllables, so that a homophone (住餐) still means the same; a text of one
    syllable is that syllable."""

    @classmethod
    def of(cls, text: str) -> "Streams":
        """Splits `text`."""
        spoken = syllables(text)
        return cls(
            [*text, *(a + b for a, b in pairwise(text))],
            [f"{a}-{b}" for a, b in pairwise(spoken)] or spoken,
        )


@dataclass(frozen=True)
class Tokens:
    """Which tokens a text holds, for comparing it with others."""

    written: frozenset[str]
    heard: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[Streams]) -> "Tokens":
        """The tokens of all `texts` together."""
        parts = list(texts)
        return cls(
            frozenset(token for part in parts for token in part.written),
            frozenset(token for part in parts for token in part.heard),
        )
