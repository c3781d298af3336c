"""How much two texts have in common, each token weighed by how rare it is."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from care.knowledge.tokens import Tokens


class Weights(dict[str, float]):
    """Inverse document frequencies of one stream, as in BM25; a token never seen weighs most."""

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        counted = Counter(token for tokens in texts for token in tokens)
        total = len(texts)
        super().__init__(
            (token, math.log(1 + (total - count + 0.5) / (count + 0.5)))
            for token, count in counted.items()
        )
        self._unseen = math.log(1 + (total + 0.5) / 0.5)

    def __missing__(self, token: str) -> float:
        return self._unseen

    def mass(self, tokens: Iterable[str]) -> float:
        """The tokens' weights together."""
        return sum(map(self.__getitem__, tokens))


@dataclass(frozen=True)
class Weighed:
    """Tokens with their mass, which a comparison needs again and again."""

    tokens: Tokens
    written: float
    heard: float


class Overlap:
    """Compares texts in both streams, writing and sound counting alike."""

    def __init__(self, texts: Sequence[Tokens]) -> None:
        """`texts` tell how rare a token is."""
        self._written = Weights([text.written for text in texts])
        self._heard = Weights([text.heard for text in texts])

    def weigh(self, tokens: Tokens) -> Weighed:
        """`tokens`, ready to be compared."""
        return Weighed(tokens, self._written.mass(tokens.written), self._heard.mass(tokens.heard))

    def covered(self, query: Weighed, text: Weighed, missing: float = 0.0) -> float:
        """Share (0–1) of the query's mass that `text` holds.

        `missing` is mass added to what isn't held: it keeps a question of two characters, which
        any card may hold by chance, from being covered in full.
        """
        written, heard = self._shared(query.tokens, text.tokens)
        written = _share(written, query.written + missing)
        return (written + _share(heard, query.heard + missing)) / 2

    def alike(self, query: Weighed, texts: Iterable[Weighed]) -> float:
        """Likeness (0–1) with the likest of `texts`: shared mass against both texts' mean mass."""
        return max((self._alike(query, text) for text in texts), default=0.0)

    def _alike(self, query: Weighed, text: Weighed) -> float:
        written, heard = self._shared(query.tokens, text.tokens)
        return _share(written, query.written + text.written) + _share(
            heard, query.heard + text.heard
        )

    def _shared(self, a: Tokens, b: Tokens) -> tuple[float, float]:
        return self._written.mass(a.written & b.written), self._heard.mass(a.heard & b.heard)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
