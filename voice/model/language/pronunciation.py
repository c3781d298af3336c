"""How each word sounds: one or several sequences of units, some at a price."""

from dataclasses import dataclass, field
from itertools import islice, product
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DataFileError, as_model, read_yaml
from care.language.marked_yaml import line_of
from voice.model.units import syllable_units, word_units

MOST = 6
"""Readings of one word at most; long words multiply the readings of their characters."""

Units = tuple[str, ...]


class _Accents(BaseModel):
    model_config = ConfigDict(extra="forbid")

    price: float = Field(ge=0)
    swaps: list[tuple[str, str]]


class _Readings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: dict[str, list[str]]
    accents: _Accents


@dataclass(frozen=True)
class Readings:
    """What the dictionary (pypinyin) does not know or gets wrong."""

    words: dict[str, tuple[Units, ...]]
    """Every reading of a word, commonest first."""

    price: float = 0.0
    """Cost (negative natural logarithm) of a reading with an accent."""

    swaps: dict[str, str] = field(default_factory=dict)
    """Unit → the unit that some elders say instead; empty: no accents."""


def read_readings(path: Path) -> Readings:
    """Reads `readings.yml`; raises DataFileError for what is no Mandarin syllable."""
    content = read_yaml(path)
    entries = as_model(path, content, _Readings)
    words: dict[str, tuple[Units, ...]] = {}
    for word, readings in entries.words.items():
        found = []
        for reading in readings:
            units = [syllable_units(syllable) for syllable in reading.split()]
            if None in units or len(units) != len(word):
                line = line_of(content, "words", word)
                raise DataFileError(path, line, f"'{reading}' is no reading of {word}")
            found.append(tuple(sound for each in units if each for sound in each))
        words[word] = tuple(found)
    swaps = {one: other for pair in entries.accents.swaps for one, other in (pair, pair[::-1])}
    return Readings(words, entries.accents.price, swaps)


def pronounce(word: str, readings: Readings, *, accents: bool = False) -> dict[Units, float]:
    """Every way to say `word` with its cost; empty when it can't be said in Mandarin."""
    if word in readings.words:
        found = dict.fromkeys(readings.words[word], 0.0)
    else:
        units = word_units(word)
        found = {units: 0.0} if units else {}
    if accents:
        for units in list(found):
            for other in islice(_accented(units, readings.swaps), MOST):
                found.setdefault(other, readings.price)
    return found


def _accented(units: Units, swaps: dict[str, str]) -> list[Units]:
    """All sounds of one kind swapped at once: who says s for sh does so throughout the word."""
    kinds = sorted({min(unit, swaps[unit]) for unit in units if unit in swaps})
    results = []
    for chosen in product((False, True), repeat=len(kinds)):
        swapped = {kind for kind, on in zip(kinds, chosen, strict=True) if on}
        other = _fitting(
            tuple(swaps[u] if u in swaps and min(u, swaps[u]) in swapped else u for u in units)
        )
        if other != units:
            results.append(other)
    return results


def _fitting(units: Units) -> Units:
    """The i behind zh is another one than that behind z: it follows its initial."""
    pairs = zip(("", *units), units, strict=False)
    return tuple(
        ("iz" if before in _FLAT else "ih") if unit in ("ih", "iz") else unit
        for before, unit in pairs
    )


_FLAT = ("z", "c", "s")
