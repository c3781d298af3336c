"""Reads the general model: an ARPA file, the plain-text form of n-gram models."""

import math
from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from voice.model.language.ngrams import (
    END,
    START,
    Floats,
    Ints,
    NGrams,
    closed,
    normalised,
    pack,
    unpack,
)

ENDS = 0.08
"""p(</s>), which libime's file does not have: it completes what is being typed."""

_LN10 = math.log(10)


class ArpaError(ValueError):
    """An ARPA file that can't be used: file, line and what is wrong."""


def singles(path: Path) -> dict[str, float]:
    """Every word of the file with ln p(word)."""
    found: dict[str, float] = {}
    for words, log in _rows(path, 1):
        found[words[0]] = log
    return found


def read_arpa(path: Path, words: Iterable[str], highest: int = 3) -> NGrams:
    """The part of an ARPA file that lies within `words`, summing to 1 again.

    Words that the file does not have get a thousandth of its rarest word's share.
    """
    names = (START, END, *(word for word in words if word not in (START, END)))
    number = {name: place for place, name in enumerate(names)}
    grams = [array("q") for _ in range(highest)]
    logs = [array("d") for _ in range(highest)]
    for said, log in _rows(path, highest):
        numbers = [number.get(word, -1) for word in said]
        if min(numbers) >= 0:
            grams[len(said) - 1].extend(numbers)
            logs[len(said) - 1].append(log)
    keys, values = [], []
    for n in range(1, highest + 1):
        table = np.frombuffer(grams[n - 1], np.int64).reshape(-1, n) if grams[n - 1] else None
        if table is None:
            break
        key = pack(table, len(names))
        sort = np.argsort(key)
        keys.append(key[sort])
        values.append(np.frombuffer(logs[n - 1], np.float64)[sort] + math.log(1 - ENDS))
    single = np.full(len(names), values[0].min() - _LN10 * 3)
    single[keys[0]] = values[0]
    single[0] = -np.inf
    known = single[2:]
    single[2:] = known - np.log(np.exp(known).sum()) + math.log(1 - ENDS)
    single[1] = math.log(ENDS)
    first = normalised(names, [np.arange(len(names))], [single])
    if len(keys) == 1:
        return first
    return _filled(names, keys, values, first)


def _filled(
    names: tuple[str, ...], keys: list[Ints], values: list[Floats], first: NGrams
) -> NGrams:
    """Trigrams whose history or ending lies outside get one by backing off."""
    full = closed([np.arange(len(names)), *keys[1:]], len(names))
    model = first
    for n in range(2, len(full) + 1):
        kept = np.full(len(full[n - 1]), np.nan)
        kept[np.searchsorted(full[n - 1], keys[n - 1])] = values[n - 1]
        missing = np.isnan(kept)
        grams = unpack(full[n - 1][missing], n, len(names))
        kept[missing] = model.score(grams[:, 1:])
        orders = [*(order.logs for order in model.orders), kept]
        model = normalised(names, full[:n], orders)
    return model


def _rows(path: Path, highest: int) -> Iterable[tuple[list[str], float]]:
    """Words and ln p of every n-gram up to the length `highest`."""
    n = 0
    with path.open(encoding="utf-8") as file:
        for line_number, line in enumerate(file, start=1):
            if line.startswith("\\"):
                mark = line.strip()
                n = int(mark[1]) if mark.endswith("-grams:") else 0
                if n > highest:
                    return
                continue
            if not n or not line.strip():
                continue
            parts = line.split()
            try:
                yield parts[1 : 1 + n], float(parts[0]) * _LN10
            except (ValueError, IndexError) as error:
                raise ArpaError(
                    f"{path.name}:{line_number}: not an n-gram: {line[:40]!r}"
                ) from error
