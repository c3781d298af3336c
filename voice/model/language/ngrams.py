"""A back-off n-gram model as sorted arrays: big enough for millions, small enough to read."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

START, END = "<s>", "</s>"
NEVER = -99.0
"""The natural logarithm that stands for a probability of nothing."""


@dataclass(frozen=True)
class Order:
    """All n-grams of one length, sorted by `keys`."""

    keys: Ints
    """An n-gram's word numbers as one number: ((w₁ · V) + w₂) · V + w₃ for V words."""

    logs: Floats
    """ln p(last word | the words before)."""

    backoffs: Floats
    """ln of the weight of the shorter history behind this n-gram; 0 where nothing follows it."""


@dataclass(frozen=True)
class NGrams:
    """p(word | up to two words before). Words 0 and 1 are `<s>` and `</s>`.

    The history of every n-gram is an n-gram itself (its weight is kept there).
    """

    words: tuple[str, ...]
    orders: tuple[Order, ...]

    @cached_property
    def number(self) -> dict[str, int]:
        """A word's place in `words`."""
        return {word: place for place, word in enumerate(self.words)}

    def key(self, grams: Ints) -> Ints:
        """[many, n] word numbers → [many] keys."""
        return pack(grams, len(self.words))

    def grams(self, n: int) -> Ints:
        """The word numbers of every n-gram of length `n`: [many, n]."""
        return unpack(self.orders[n - 1].keys, n, len(self.words))

    def score(self, grams: Ints) -> Floats:
        """ln p(last | before) for [many, n] word numbers; what is not kept is backed off from."""
        n = grams.shape[1]
        if n > len(self.orders):
            return self.score(grams[:, 1:])
        order = self.orders[n - 1]
        place, found = find(order.keys, self.key(grams))
        scores = np.where(found, order.logs[place], 0.0)
        if n > 1 and not found.all():
            missing = ~found
            scores[missing] = self.backoff(grams[missing, :-1]) + self.score(grams[missing, 1:])
        return scores

    def backoff(self, histories: Ints) -> Floats:
        """ln weight of the shorter history behind [many, n] words; 0 where nothing follows them."""
        order = self.orders[histories.shape[1] - 1]
        place, found = find(order.keys, self.key(histories))
        return np.where(found, order.backoffs[place], 0.0)


def pack(grams: Ints, size: int) -> Ints:
    """[many, n] word numbers below `size` → one number each."""
    keys = np.zeros(len(grams), np.int64)
    for column in grams.T:
        keys = keys * size + column
    return keys


def unpack(keys: Ints, n: int, size: int) -> Ints:
    """The reverse of `pack`."""
    grams = np.empty((len(keys), n), np.int64)
    rest = keys
    for column in range(n - 1, -1, -1):
        rest, grams[:, column] = np.divmod(rest, size)
    return grams


def find(keys: Ints, wanted: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Where each `wanted` key stands in the sorted `keys`, and whether it is there at all."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, keys[place] == wanted


def normalised(words: tuple[str, ...], keys: list[Ints], logs: list[Floats]) -> NGrams:
    """The model with these n-grams whose back-off weights make every history sum to 1.

    A history that would leave nothing for other words keeps a thousandth for them.
    """
    size = len(words)
    # <s> is never a next word: it begins a sentence.
    start = pack(np.zeros((1, 1), np.int64), size)
    place, found = find(keys[0], start)
    single = np.exp(logs[0])
    single[place[found]] = 0.0
    first = np.log(np.maximum(single / single.sum(), np.exp(NEVER)))
    orders = [Order(keys[0], first, np.zeros(len(first)))]
    for n in range(2, len(keys) + 1):
        shorter = NGrams(words, tuple(orders))
        grams = unpack(keys[n - 1], n, size)
        below = np.exp(shorter.score(grams[:, 1:]))
        histories = keys[n - 1] // size
        owner, known = find(orders[-1].keys, histories)
        if not known.all():
            raise ValueError("an n-gram's history is missing from the model")
        many = len(orders[-1].keys)
        here = np.exp(logs[n - 1])
        total = np.bincount(owner, here, many)
        here = here * np.minimum(1.0, 0.999 / np.maximum(total, 1e-12))[owner]
        left = np.maximum(1.0 - np.bincount(owner, here, many), 1e-6)
        rest = np.maximum(1.0 - np.bincount(owner, below, many), 1e-6)
        has = np.bincount(owner, minlength=many) > 0
        weights = np.where(has, np.log(left / rest), 0.0)
        orders[-1] = Order(orders[-1].keys, orders[-1].logs, weights)
        orders.append(
            Order(keys[n - 1], np.log(np.maximum(here, np.exp(NEVER))), np.zeros(len(here)))
        )
    return NGrams(words, tuple(orders))


def closed(keys: list[Ints], size: int) -> list[Ints]:
    """The same n-grams with every missing history and every missing ending added."""
    result = [np.unique(each) for each in keys]
    for n in range(len(result), 1, -1):
        ending = result[n - 1] % size ** (n - 1)
        result[n - 2] = np.unique(np.concatenate([result[n - 2], result[n - 1] // size, ending]))
    return result
