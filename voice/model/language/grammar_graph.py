"""The n-gram model as a graph over word numbers: G."""

import numpy as np

from voice.model.language.fst_file import Acceptor
from voice.model.language.ngrams import Floats, Ints, NGrams, find

_BACK = 0
"""Backing off reads nothing: the look-ahead composition takes epsilon here."""

_END = 1


def grammar_graph(model: NGrams, labels: Ints) -> Acceptor:
    """`labels` gives the number of each word of `model` in the graph.

    States are histories: none (0), one word, two words. An arc says a word at a cost of −ln p and
    leads to the longest history that the model keeps; saying `</s>` is ending.
    """
    histories = _Histories(model)
    finals = np.full(histories.states, np.inf)
    arcs: list[tuple[Ints, Ints, Ints, Floats]] = []
    for n, order in enumerate(model.orders, start=1):
        grams = model.grams(n)
        here = histories.of(grams[:, :-1])
        ends = grams[:, -1] == _END
        finals[here[ends]] = -order.logs[ends]
        says = grams[:, -1] > _END
        arcs.append(
            (here[says], histories.of(grams[says]), labels[grams[says, -1]], -order.logs[says])
        )
        if n < len(model.orders):
            kept = grams[np.searchsorted(order.keys, histories.kept[n - 1])]
            down = -order.backoffs[np.searchsorted(order.keys, histories.kept[n - 1])]
            back = np.full(len(kept), _BACK)
            arcs.append((histories.of(kept), histories.of(kept[:, 1:]), back, down))
    sources, targets, words, costs = (np.concatenate(column) for column in zip(*arcs, strict=True))
    start = int(histories.of(np.zeros((1, 1), np.int64))[0])
    return Acceptor(start, finals, sources, targets, words, costs)


class _Histories:
    """Numbers the histories that something follows."""

    def __init__(self, model: NGrams) -> None:
        self._model = model
        size = len(model.words)
        self.kept = [np.unique(order.keys // size) for order in model.orders[1:]]
        self._first = np.cumsum([1, *(len(keys) for keys in self.kept)])

    @property
    def states(self) -> int:
        return int(self._first[-1])

    def of(self, grams: Ints) -> Ints:
        """The state of the longest kept ending of [many, n] words."""
        result = np.zeros(len(grams), np.int64)
        for n in range(1, min(grams.shape[1], len(self.kept)) + 1):
            place, found = find(self.kept[n - 1], self._model.key(grams[:, -n:]))
            result = np.where(found, self._first[n - 1] + place, result)
        return result
