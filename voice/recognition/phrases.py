"""What a recogniser can be narrowed to, fitted to the words that its model knows."""

import json
from collections.abc import Set
from dataclasses import dataclass

UNKNOWN = "[unk]"
"""The word in Vosk's models that stands for any sound outside the grammar."""


@dataclass(frozen=True)
class Fitted:
    """A grammar in the words of one model."""

    phrases: tuple[str, ...]
    """Words of the model with a blank between, each phrase once."""

    missing: tuple[str, ...]
    """Phrases that were left out, because the model has no words for them."""

    has_unknown: bool
    """Whether the model can hear that something else was said. One that can't (ours, so far) hears
    its phrases in everything: let it only judge beside an open recogniser."""

    def as_json(self) -> str:
        """As Vosk takes it. Not to be used without phrases: Vosk would end the process."""
        words = [*self.phrases, UNKNOWN] if self.has_unknown else self.phrases
        return json.dumps(words, ensure_ascii=False)


@dataclass(frozen=True)
class Grammar:
    """Phrases that may follow each other in any order."""

    phrases: tuple[str, ...]

    def fit(self, vocabulary: Set[str]) -> Fitted:
        """The phrases in words of `vocabulary`, as few words a phrase as possible."""
        found: dict[str, None] = {}
        missing: dict[str, None] = {}
        for phrase in self.phrases:
            words = split(phrase, vocabulary)
            if words:
                found[" ".join(words)] = None
            else:
                missing[phrase] = None
        return Fitted(tuple(found), tuple(missing), UNKNOWN in vocabulary)


def split(phrase: str, vocabulary: Set[str]) -> tuple[str, ...] | None:
    """`phrase` in the fewest words of `vocabulary`, the longest first; None when it can't be."""
    best: list[tuple[str, ...] | None] = [None] * len(phrase) + [()]
    for start in range(len(phrase) - 1, -1, -1):
        for end in range(len(phrase), start, -1):
            rest, word = best[end], phrase[start:end]
            if rest is None or word not in vocabulary:
                continue
            shortest = best[start]
            if shortest is None or len(rest) + 1 < len(shortest):
                best[start] = (word, *rest)
    return best[0] or None
