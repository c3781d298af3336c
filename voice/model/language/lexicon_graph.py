"""The lexicon as a graph from the network's frames to words: HCL, before its look-ahead form."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from voice.model.language import topology
from voice.model.language.pronunciation import Units
from voice.model.language.smallest import Arc, smallest
from voice.model.units import INITIALS, UNITS

_FIRST_MARK = len(UNITS) + 1
"""Labels of the lexicon: unit + 1, then marks that keep homophones apart."""

_PLACE = {unit: place for place, unit in enumerate(UNITS)}


@dataclass(frozen=True)
class Graph:
    """A transducer as OpenFst's text form needs it; the first arc leaves the start."""

    arcs: list[Arc]
    final: int
    marks: int
    """How many marks there are: transitions `topology.LAST` + 1 and up stand for them."""

    def text(self) -> str:
        """OpenFst's text form."""
        lines = [
            f"{a} {b} {i} {o} {c:.4g}" if c else f"{a} {b} {i} {o}" for a, b, i, o, c in self.arcs
        ]
        return "\n".join([*lines, str(self.final), ""])


def lexicon_graph(words: Mapping[str, int], sounds: Mapping[str, Mapping[Units, float]]) -> Graph:
    """Every word in a loop; `words` maps to output numbers, `sounds` to readings with costs."""
    arcs, marks = _tree(words, sounds)
    found = smallest(arcs)
    return _framed(found.arcs, found.states, found.start, marks)


def _tree(
    words: Mapping[str, int], sounds: Mapping[str, Mapping[Units, float]]
) -> tuple[list[Arc], int]:
    """One path from 0 to 0 for each reading, the word on its first arc."""
    readings = [
        (tuple(_PLACE[unit] + 1 for unit in units), word, cost)
        for word in words
        for units, cost in sounds[word].items()
    ]
    same = Counter(units for units, _, _ in readings)
    begun = {units[:end] for units in same for end in range(1, len(units))}
    used: Counter[tuple[int, ...]] = Counter()
    arcs: list[Arc] = []
    state = 0
    for units, word, cost in readings:
        labels = list(units)
        if same[units] > 1 or units in begun:
            used[units] += 1
            labels.append(_FIRST_MARK + used[units])
        here = 0
        for place, label in enumerate(labels):
            last = place == len(labels) - 1
            state += not last
            arcs.append(
                (
                    here,
                    0 if last else state,
                    label,
                    0 if place else words[word],
                    0.0 if place else cost,
                )
            )
            here = state
    return arcs, max(used.values(), default=0)


def _framed(arcs: list[Arc], states: int, start: int, marks: int) -> Graph:
    """Units become the frames that say them, with any blank between.

    A state's own loop is the blank after the sound before it. It stands only where sounds go on;
    the end of a word leads to the start, which has the blank between words. An initial is never
    said twice running, so it shares its state with the blank; a final may be (五五), and then only
    a blank tells the two apart: it has a state of its own.
    """
    leaving = defaultdict(set)
    entering = defaultdict(set)
    for a, b, label, _, _ in arcs:
        leaving[a].add(label >= _FIRST_MARK)
        entering[b].add(label)
    mixed = {s for s in range(states) if leaving[s] == {True, False} and s != start}
    waits = {s: states + place for place, s in enumerate(sorted(mixed))}
    free = states + len(waits)
    shared = {
        s
        for s, labels in entering.items()
        if s != start
        and s not in mixed
        and leaving[s] == {False}
        and len(labels) == 1
        and next(iter(labels)) <= len(INITIALS)
    }
    out: list[Arc] = []
    loops = {waits.get(s, s) for s in range(states) if leaving[s] != {True}} | {start}
    own: dict[tuple[int, int], int] = {}
    for a, b, label, word, cost in arcs:
        if label >= _FIRST_MARK or label == 0:
            mark = topology.LAST + 1 + label - _FIRST_MARK if label else 0
            out.append((a, b, mark, word, cost))
            continue
        source = waits.get(a, a)
        unit = label - 1
        if b in shared:
            out.append((source, b, topology.enters(unit), word, cost))
            own[label, b] = b
            continue
        if (label, b) not in own:
            own[label, b] = free
            out.append((free, b, 0, 0, 0.0))
            free += 1
        out.append((source, own[label, b], topology.enters(unit), word, cost))
    out += [(s, s, topology.stays(label - 1), 0, 0.0) for (label, _), s in own.items()]
    out += [(s, w, 0, 0, 0.0) for s, w in waits.items()]
    out += [(s, s, topology.SILENCE_STAYS, 0, 0.0) for s in loops]
    out.sort(key=lambda arc: arc[0] != start)  # OpenFst takes the first line's state as the start
    return Graph(out, start, marks + 1)
