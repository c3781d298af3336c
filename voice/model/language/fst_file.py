"""Writes OpenFst's binary `vector` type from arrays: a second where the text form takes minutes."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.model.language.ngrams import Floats, Ints

_MAGIC = 2125659606
_PROPERTIES = 0x1 | 0x2 | 0x10000 | 0x10000000 | 0x40000000
"""Expanded, mutable, acceptor, sorted by input and by output (fst/properties.h)."""


@dataclass(frozen=True)
class Acceptor:
    """A graph over labels; label 0 reads nothing."""

    start: int
    finals: Floats
    """[states] cost of ending there, infinite where nothing ends."""

    sources: Ints
    """[arcs], as are the next three."""

    targets: Ints
    labels: Ints
    costs: Floats


def write_acceptor(graph: Acceptor, path: Path) -> None:
    """OpenFst's VectorFst file, version 2, arcs sorted by label."""
    sort = np.lexsort((graph.labels, graph.sources))
    sources = graph.sources[sort]
    states, arcs = len(graph.finals), len(sources)
    leaving = np.bincount(sources, minlength=states)
    before = np.concatenate([[0], np.cumsum(leaving)[:-1]])
    # A state takes 12 bytes (final cost, number of arcs), an arc 16: all in words of four.
    body = np.zeros(3 * states + 4 * arcs, "<u4")
    place = 3 * np.arange(states) + 4 * before
    body[place] = graph.finals.astype("<f4").view("<u4")
    body[place + 1] = leaving
    place = 3 * (sources + 1) + 4 * np.arange(arcs)
    body[place] = body[place + 1] = graph.labels[sort]
    body[place + 2] = graph.costs[sort].astype("<f4").view("<u4")
    body[place + 3] = graph.targets[sort]
    with path.open("wb") as file:
        file.write(struct.pack("<i", _MAGIC))
        for name in (b"vector", b"standard"):
            file.write(struct.pack("<i", len(name)) + name)
        file.write(struct.pack("<iiQqqq", 2, 0, _PROPERTIES, graph.start, states, arcs))
        body.tofile(file)
