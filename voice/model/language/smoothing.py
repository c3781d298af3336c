"""Counts to probabilities: interpolated modified Kneser–Ney (Chen and Goodman 1998)."""

from collections.abc import Iterable, Sequence

import numpy as np

from voice.model.language.ngrams import Floats, Ints, NGrams, closed, find, normalised, pack


def estimate(
    words: tuple[str, ...], sentences: Iterable[Sequence[int]], highest: int = 3
) -> NGrams:
    """A model of sentences given as word numbers, without `<s>` and `</s>` (they are added).

    Every word gets a share, also those that no sentence has.
    """
    size = len(words)
    flat, where = _joined(sentences)
    if not len(flat):
        raise ValueError("no sentence to learn from")
    counts = [_counted(flat, where, n, size) for n in range(1, highest + 1)]
    counts = [_continued(counts, n, size) for n in range(1, highest + 1)]
    keys = closed([np.arange(size), *(key for key, _ in counts[1:])], size)
    logs: list[Floats] = []
    below: NGrams | None = None
    for n in range(1, highest + 1):
        full = np.zeros(len(keys[n - 1]))
        full[np.searchsorted(keys[n - 1], counts[n - 1][0])] = counts[n - 1][1]
        logs.append(_smoothed(keys[n - 1], full, n, size, below))
        below = normalised(words, keys[:n], logs)
    assert below is not None  # noqa: S101 - for the type checker: highest is at least 1
    return below


def _joined(sentences: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """All sentences in one row with their marks, and each word's place in its sentence."""
    row: list[int] = []
    place: list[int] = []
    for sentence in sentences:
        row += [0, *sentence, 1]
        place += range(len(sentence) + 2)
    return np.array(row, np.int64), np.array(place, np.int64)


def _counted(flat: Ints, where: Ints, n: int, size: int) -> tuple[Ints, Floats]:
    ends = np.flatnonzero(where >= max(n - 1, 1))
    grams = np.stack([flat[ends - back] for back in range(n - 1, -1, -1)], axis=1)
    keys, counts = np.unique(pack(grams, size), return_counts=True)
    return keys, counts.astype(np.float64)


def _continued(counts: list[tuple[Ints, Floats]], n: int, size: int) -> tuple[Ints, Floats]:
    """Below the highest order: how many different words stand before, not how often it was said.

    What begins with <s> has nothing before it: there the count itself.
    """
    keys, said = counts[n - 1]
    if n == len(counts):
        return keys, said
    endings, different = np.unique(counts[n][0] % size**n, return_counts=True)
    place, found = find(endings, keys)
    return keys, np.where(found, different[place] if len(different) else 0, said)


def _discounts(counts: Floats) -> Floats:
    """What is taken from an n-gram seen once, twice, more often (index 1–3)."""
    n1, n2, n3, n4 = (max(1.0, float((counts == k).sum())) for k in (1, 2, 3, 4))
    share = n1 / (n1 + 2 * n2)
    found = (1 - 2 * share * n2 / n1, 2 - 3 * share * n3 / n2, 3 - 4 * share * n4 / n3)
    limits = ((0.1, 0.95), (0.2, 1.6), (0.3, 2.2))  # odd counts of counts (written data) stay sane
    return np.array(
        [0.0, *(min(max(d, low), high) for d, (low, high) in zip(found, limits, strict=True))]
    )


def _smoothed(keys: Ints, counts: Floats, n: int, size: int, below: NGrams | None) -> Floats:
    discount = _discounts(counts)[np.minimum(counts, 3).astype(np.int64)]
    histories, owner = np.unique(keys // size, return_inverse=True)
    many = len(histories)
    total = np.maximum(np.bincount(owner, counts, many), 1e-9)
    left = np.bincount(owner, discount, many) / total
    own = np.maximum(counts - discount, 0) / total[owner]
    if below is None:
        shorter = np.full(len(keys), 1 / size)
    else:
        grams = np.stack([keys // size**back % size for back in range(n - 1, -1, -1)], axis=1)
        shorter = np.exp(below.score(grams[:, 1:]))
    logs: Floats = np.log(np.maximum(own + left[owner] * shorter, 1e-43))
    return logs
