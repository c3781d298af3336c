"""Entropy pruning (Stolcke 1998): drop the n-grams whose loss changes the model least."""

import numpy as np
import numpy.typing as npt

from voice.model.language.ngrams import Floats, NGrams, find, normalised


def prune(model: NGrams, thresholds: dict[int, float]) -> NGrams:
    """Drops n-grams of each length whose loss raises perplexity by less than `thresholds` says.

    1e-8 means a relative change of 0.000001 %. An n-gram that a longer one needs stays.
    """
    for n in range(len(model.orders), 1, -1):
        if n not in thresholds:
            continue
        worth = perplexity_change(model, n)
        keep = worth >= thresholds[n]
        if n < len(model.orders):
            keep |= _needed(model, n)
        model = _only(model, n, keep)
    return model


def _needed(model: NGrams, n: int) -> npt.NDArray[np.bool_]:
    """Which n-grams are the history or the ending of a longer one."""
    size = len(model.words)
    longer = model.orders[n].keys
    needed = np.zeros(len(model.orders[n - 1].keys), bool)
    for keys in (longer // size, longer % size**n):
        place, found = find(model.orders[n - 1].keys, keys)
        needed[place[found]] = True
    return needed


def _only(model: NGrams, n: int, keep: npt.NDArray[np.bool_]) -> NGrams:
    keys = [order.keys for order in model.orders]
    logs = [order.logs for order in model.orders]
    keys[n - 1], logs[n - 1] = keys[n - 1][keep], logs[n - 1][keep]
    if not len(keys[n - 1]):
        keys, logs = keys[: n - 1], logs[: n - 1]
    return normalised(model.words, keys, logs)


def perplexity_change(model: NGrams, n: int) -> Floats:
    """By how much perplexity grows, relatively, without one n-gram: for each of length `n`."""
    order, below = model.orders[n - 1], model.orders[n - 2]
    grams = model.grams(n)
    here = np.exp(order.logs)
    shorter = model.score(grams[:, 1:])
    owner, _ = find(below.keys, order.keys // len(model.words))
    many = len(below.keys)
    left = np.maximum(1 - np.bincount(owner, here, many), 1e-9)[owner]
    rest = np.maximum(1 - np.bincount(owner, np.exp(shorter), many), 1e-9)[owner]
    weight = below.backoffs[owner]
    new_weight = np.log(left + here) - np.log(rest + np.exp(shorter))
    history = np.zeros(len(grams))
    for end in range(1, n):
        step = grams[:, max(0, end - 2) : end]
        history += np.where(step[:, -1] == 0, _LN_SENTENCE, model.score(step))
    change = here * (shorter + new_weight - order.logs) + left * (new_weight - weight)
    worth: Floats = np.expm1(np.maximum(-np.exp(history) * change, 0.0))
    return worth


_LN_SENTENCE = float(np.log(0.12))
"""<s> stands before one word in eight or so; it has no probability as a next word."""
