"""Small language models for tests."""

import numpy as np

from voice.model.language.ngrams import END, START, NGrams
from voice.model.language.smoothing import estimate

WORDS = (START, END, *"甲乙丙丁戊己")


def learned(sentences: list[list[int]], highest: int = 3) -> NGrams:
    return estimate(WORDS, sentences, highest)


def total(model: NGrams, history: list[int]) -> float:
    """Σ p(word | history) over every word that can follow."""
    grams = np.array([[*history, word] for word in range(1, len(model.words))], np.int64)
    return float(np.exp(model.score(grams)).sum())


HISTORIES = ([], [0], [2], [7], [0, 3], [3, 4], [5, 5], [7, 2])
