"""What is read aloud to train on: the domain's sentences, numbers and names, general Chinese."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.model.acoustic.augmentation import Rng
from voice.model.language.arpa import read_arpa, singles
from voice.model.language.ngrams import NGrams

_SHARES = {"domain": 0.44, "numbers": 0.20, "general": 0.36}
_COMMON = 60_000
"""Words that general sentences are made of."""


@dataclass(frozen=True)
class Sentences:
    """Texts by kind; the kind is the `source` of an utterance."""

    domain: Sequence[str]
    numbers: Sequence[str]
    general: Sequence[str]

    def draw(self, rng: Rng) -> tuple[str, str]:
        """A kind and one of its sentences."""
        kind = str(rng.choice(list(_SHARES), p=list(_SHARES.values())))
        texts: Sequence[str] = getattr(self, kind)
        return kind, texts[int(rng.integers(len(texts)))]


def general_sentences(arpa: Path, count: int, rng: Rng) -> list[str]:
    """`count` strings of 5 to 18 characters that follow the bigrams of general Chinese.

    They make little sense; they hold the sounds of the language in all their neighbourhoods.
    """
    common = sorted(singles(arpa).items(), key=lambda entry: -entry[1])
    words = [word for word, _ in common if _is_han(word)][:_COMMON]
    model = read_arpa(arpa, words, highest=2)
    # Flattened, so that rarer words get their turn, too; the first two are no words.
    shares = np.exp(0.6 * model.orders[0].logs)
    shares[:2] = 0
    shares /= shares.sum()
    return [_walk(model, shares, int(rng.integers(5, 19)), rng) for _ in range(count)]


def _walk(model: NGrams, shares: np.ndarray, wanted: int, rng: Rng) -> str:
    said: list[int] = []
    length = 0
    while length < wanted:
        following = _following(model, said[-1]) if said else slice(0, 0)
        if following.stop > following.start and rng.random() < 0.85:
            odds = np.exp(model.orders[1].logs[following])
            chosen = following.start + int(rng.choice(len(odds), p=odds / odds.sum()))
            word = int(model.orders[1].keys[chosen]) % len(model.words)
        else:
            word = int(rng.choice(len(shares), p=shares))
        if word > 1:
            said.append(word)
            length += len(model.words[word])
        else:
            said = []
    return "".join(model.words[word] for word in said) if said else model.words[2]


def _following(model: NGrams, word: int) -> slice:
    """Where the bigrams that begin with `word` lie: they are sorted by their first word."""
    keys, size = model.orders[1].keys, len(model.words)
    start, stop = np.searchsorted(keys, [word * size, (word + 1) * size])
    return slice(int(start), int(stop))


def _is_han(word: str) -> bool:
    return all("一" <= sign <= "鿿" for sign in word)
