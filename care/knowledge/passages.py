"""BM25 over short passages, each owned by a card or a gap; an owner ranks by its best passage."""

from collections.abc import Iterable, Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from care.knowledge.tokens import Streams, Tokens


class Passages:
    """Both streams' indices."""

    def __init__(self, owned: Sequence[Sequence[Streams]]) -> None:
        """`owned[n]` holds the texts of owner n."""
        texts = [text for passages in owned for text in passages]
        self._owner = np.array([at for at, passages in enumerate(owned) for _ in passages])
        self._owners = len(owned)
        self._written = _bm25([text.written for text in texts])
        self._heard = _bm25([text.heard for text in texts])

    def ranks(self, query: Tokens) -> NDArray[np.float64]:
        """One score an owner: 0 with nothing in common, 2 for the best in both streams."""
        total = self._scores(self._written, query.written)
        total += self._scores(self._heard, query.heard)
        best = np.zeros(self._owners)
        np.maximum.at(best, self._owner, total)
        return best

    def _scores(self, index: bm25s.BM25, tokens: Iterable[str]) -> NDArray[np.float64]:
        known = sorted(token for token in tokens if token in index.vocab_dict)
        if not known:
            return np.zeros(len(self._owner))
        scores = np.asarray(index.get_scores(known), dtype=np.float64)
        return scores / max(float(scores.max()), 1e-9)


def _bm25(texts: list[list[str]]) -> bm25s.BM25:
    index = bm25s.BM25()
    index.index(texts, show_progress=False)
    return index
