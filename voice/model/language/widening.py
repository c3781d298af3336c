"""Gives a model further words."""

from collections.abc import Sequence

import numpy as np

from voice.model.language.ngrams import NGrams, normalised, pack

RARE = -18.0
"""ln p of a new word, before anything is learnt of it."""


def widened(model: NGrams, words: Sequence[str]) -> NGrams:
    """The same model with `words` behind its own; each is as rare as a word can be."""
    new = [word for word in dict.fromkeys(words) if word not in model.number]
    if not new:
        return model
    names = (*model.words, *new)
    keys = [pack(model.grams(n), len(names)) for n in range(1, len(model.orders) + 1)]
    logs = [order.logs for order in model.orders]
    keys[0] = np.concatenate([keys[0], np.arange(len(model.words), len(names))])
    logs[0] = np.concatenate([logs[0], np.full(len(new), RARE)])
    return normalised(names, keys, logs)
