import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.voice.model.language.models import WORDS, learned
from voice.model.language.fst_file import Acceptor
from voice.model.language.grammar_graph import grammar_graph
from voice.model.language.pruning import prune

LABELS = np.array([0, 0, *range(11, 11 + len(WORDS) - 2)])
TEXT = st.lists(st.integers(2, len(WORDS) - 1), min_size=1, max_size=5)


def cost(graph: Acceptor, sentence: list[int]) -> float:
    """Of the way through the graph that backs off only where it must."""
    state, total = graph.start, 0.0
    for word in [LABELS[word] for word in sentence]:
        state, step = _follow(graph, state, int(word))
        total += step
    while math.isinf(graph.finals[state]):
        state, step = _arc(graph, state, 0)
        total += step
    return total + float(graph.finals[state])


def _follow(graph: Acceptor, state: int, label: int) -> tuple[int, float]:
    total = 0.0
    while not ((graph.sources == state) & (graph.labels == label)).any():
        state, step = _arc(graph, state, 0)
        total += step
    state, step = _arc(graph, state, label)
    return state, total + step


def _arc(graph: Acceptor, state: int, label: int) -> tuple[int, float]:
    (place,) = np.flatnonzero((graph.sources == state) & (graph.labels == label))
    return int(graph.targets[place]), float(graph.costs[place])


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=12), TEXT, st.sampled_from([0.0, 0.01]))
def test_a_sentence_costs_what_the_model_says(
    sentences: list[list[int]], sentence: list[int], threshold: float
) -> None:
    model = prune(learned(sentences), {2: threshold, 3: threshold})
    row = [0, *sentence, 1]
    score = 0.0
    for end in range(2, len(row) + 1):
        gram = np.array([row[max(0, end - len(model.orders)) : end]], np.int64)
        score += float(model.score(gram)[0])
    assert cost(grammar_graph(model, LABELS), sentence) == pytest.approx(-score, abs=1e-6)
