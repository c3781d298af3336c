"""Finds all phrases at once: one automaton over characters and sounds, walked from every position.

A walk is at most as deep as the longest phrase, so the time is linear in the text's length. Sets
of nodes that have been met are kept as states with their moves, so a common text costs one
look-up a character and step.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from bot.emergency.pattern import Choice, Gap, Part, parse
from bot.emergency.sound import sounds_in, sounds_of

Hearing = Literal["written", "sound", "nearly"]
"""How a phrase may stand in the text: as written; every character by its sound; as written but for
one character by its sound."""

NEARLY = "nearly "

_GAP_STOPS = frozenset("不没别无未非，。！？；：、,.!?;:…\n")
"""A gap never swallows a negation (胸口不疼) or the end of a clause."""

_MOVES_MOST = 200_000
"""Remembered moves; past this they are forgotten and built again, so memory stays bounded."""


@dataclass(frozen=True)
class Mark:
    """A phrase found in the text, from `start` up to and without `end`."""

    label: str
    start: int
    end: int

    def overlaps(self, other: "Mark") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(eq=False)
class _Node:
    moves: "dict[str, list[_Node]]" = field(default_factory=dict)
    skips: "list[_Node]" = field(default_factory=list)
    """Reached without a character."""
    anything: "_Node | None" = None
    """Reached by any character that a gap may swallow."""
    label: str | None = None


@dataclass(eq=False)
class _State:
    nodes: frozenset[_Node]
    labels: tuple[str, ...]
    moves: "dict[str, _State | None]" = field(default_factory=dict)


class Scanner:
    """Phrases with labels; one label may have many phrases."""

    def __init__(self) -> None:
        self._root = _Node()
        self._forget()

    def add(self, label: str, phrases: Iterable[str], hearing: Hearing = "written") -> None:
        """Adds phrases in the language of `pattern.py`; raises PatternError.

        What is found `nearly` is marked as `NEARLY + label`.
        """
        end, near = _Node(label=label), _Node(label=NEARLY + label)
        for phrase in phrases:
            start = _Ends(self._root, _Node())
            last = _connect(start, parse(phrase), phrase, sounds_in(phrase), hearing)
            last.exact.skips.append(end)
            last.near.skips.append(near)
        self._forget()

    def scan(self, text: str) -> list[Mark]:
        """Every mark, by start and then by end. Linear in the text's length, never raises."""
        if self._moves > _MOVES_MOST:
            self._forget()
        found: list[Mark] = []
        for start in range(len(text)):
            state = self._moved(self._start, text[start])
            position = start + 1
            while state is not None:
                found.extend(Mark(label, start, position) for label in state.labels)
                if position == len(text):
                    break
                state = self._moved(state, text[position])
                position += 1
        return found

    def _moved(self, state: _State, character: str) -> _State | None:
        try:
            return state.moves[character]
        except KeyError:
            after = state.moves[character] = self._built(state, character)
            self._moves += 1
            return after

    def _built(self, state: _State, character: str) -> _State | None:
        keys = (character, *sounds_of(character))
        reached = [n for node in state.nodes for key in keys for n in node.moves.get(key, ())]
        if character not in _GAP_STOPS:
            reached += [node.anything for node in state.nodes if node.anything is not None]
        return self._state(reached) if reached else None

    def _state(self, nodes: Iterable[_Node]) -> _State:
        waiting, met = list(nodes), set(nodes)
        while waiting:
            for node in waiting.pop().skips:
                if node not in met:
                    met.add(node)
                    waiting.append(node)
        key = frozenset(met)
        if key not in self._states:
            labels = sorted({node.label for node in key if node.label is not None})
            self._states[key] = _State(key, tuple(labels))
        return self._states[key]

    def _forget(self) -> None:
        self._states: dict[frozenset[_Node], _State] = {}
        self._moves = 0
        self._start = self._state([self._root])


@dataclass(frozen=True)
class _Ends:
    """Where a phrase stands: read as written so far, and with one character by its sound."""

    exact: _Node
    near: _Node


def _connect(start: _Ends, part: Part, signs: str, sounds: list[str], hearing: Hearing) -> _Ends:
    """Lays `part` out from `start`; gives the nodes after it."""
    end = _Ends(_Node(), _Node())
    if isinstance(part, Choice):
        for row in part.rows:
            last = start
            for each in row:
                last = _connect(last, each, signs, sounds, hearing)
            last.exact.skips.append(end.exact)
            last.near.skips.append(end.near)
    elif isinstance(part, Gap):
        _connect_gap(start.exact, end.exact, part.most)  # gap and homophone together are too loose
    else:
        key = sounds[part.index] if hearing == "sound" else signs[part.index]
        start.exact.moves.setdefault(key, []).append(end.exact)
        if hearing == "nearly":
            start.near.moves.setdefault(key, []).append(end.near)
            start.exact.moves.setdefault(sounds[part.index], []).append(end.near)
    return end


def _connect_gap(start: _Node, end: _Node, most: int) -> None:
    here = _Node()
    start.skips.append(here)  # a node of its own: what else leaves `start` is not in the gap
    for _ in range(most):
        here.skips.append(end)
        here.anything = _Node()
        here = here.anything
    here.skips.append(end)
