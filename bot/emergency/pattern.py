"""The small language in which phrases are written in `data/emergency/`.

`(甲|乙)` either; `x?` and `(甲|乙)?` may be missing; `~` up to three characters and `-` at most one
that are neither punctuation nor a negation. There is no
repetition, so no phrase can run away with the time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_SPECIAL = frozenset("()|?~-")
_GAPS = {"~": 3, "-": 1}


class PatternError(ValueError):
    """A phrase that cannot be read, and why."""


@dataclass(frozen=True)
class Sign:
    """One character; `index` is its place in the phrase."""

    character: str
    index: int


@dataclass(frozen=True)
class Gap:
    """Characters of no importance."""

    most: int


@dataclass(frozen=True)
class Choice:
    """One of `rows`; an empty row means that it may be missing."""

    rows: "tuple[Row, ...]"


Part = Sign | Gap | Choice
Row = tuple[Part, ...]


def parse(phrase: str) -> Choice:
    """The phrase as a tree; raises PatternError."""
    choice, position = _choice(phrase, 0)
    if position != len(phrase):
        raise PatternError(f"'{phrase}': unexpected '{phrase[position]}' at {position + 1}")
    if _may_be_empty(choice):
        raise PatternError(f"'{phrase}' would match nothing at all")
    if _meets_gap(choice, backwards=False) or _meets_gap(choice, backwards=True):
        raise PatternError(f"'{phrase}': a gap stands at the beginning or the end")
    return choice


def _choice(phrase: str, position: int) -> tuple[Choice, int]:
    rows: list[Row] = []
    while True:
        row, position = _row(phrase, position)
        rows.append(row)
        if position >= len(phrase) or phrase[position] != "|":
            return Choice(tuple(rows)), position
        position += 1


def _row(phrase: str, position: int) -> tuple[Row, int]:
    parts: list[Part] = []
    while position < len(phrase) and phrase[position] not in "|)":
        part, position = _part(phrase, position)
        if position < len(phrase) and phrase[position] == "?":
            part, position = Choice(((), (part,))), position + 1
        parts.append(part)
    return tuple(parts), position


def _part(phrase: str, position: int) -> tuple[Part, int]:
    character = phrase[position]
    if character in _GAPS:
        return Gap(_GAPS[character]), position + 1
    if character not in _SPECIAL:
        return Sign(character, position), position + 1
    if character == "?":
        raise PatternError(f"'{phrase}': nothing stands before '?' at {position + 1}")
    choice, end = _choice(phrase, position + 1)
    if end >= len(phrase) or phrase[end] != ")":
        raise PatternError(f"'{phrase}': the '(' at {position + 1} is never closed")
    return choice, end + 1


def _may_be_empty(part: Part) -> bool:
    if isinstance(part, Choice):
        return any(all(map(_may_be_empty, row)) for row in part.rows)
    return isinstance(part, Gap)


def _meets_gap(part: Part, *, backwards: bool) -> bool:
    """Whether a gap can be the first thing met, coming from one end."""
    if isinstance(part, Choice):
        return any(_row_meets_gap(row, backwards=backwards) for row in part.rows)
    return isinstance(part, Gap)


def _row_meets_gap(row: Row, *, backwards: bool) -> bool:
    parts: Iterable[Part] = reversed(row) if backwards else row
    for part in parts:
        if _meets_gap(part, backwards=backwards):
            return True
        if not _may_be_empty(part):
            return False
    return False
