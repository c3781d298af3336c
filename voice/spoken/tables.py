"""The words of `data/speech/spoken_*.yml`: letters, Latin words, units and words in -r."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from care.data_files import DATA, DataFileError, load_models
from voice.spoken.erhua import erhua_pattern
from voice.spoken.letters import word_pattern
from voice.spoken.units import unit_pattern

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Said(BaseModel):
    """How something written is said: Chinese characters only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    written: str
    said: str

    @field_validator("said")
    @classmethod
    def _only_chinese(cls, said: str) -> str:
        if not _CHINESE.fullmatch(said):
            raise ValueError("only Chinese characters can be said")
        return said


@dataclass(frozen=True)
class Tables:
    """What the rules look up, with the patterns that find it."""

    letters: Mapping[str, str]
    words: Mapping[str, str]
    words_pattern: re.Pattern[str]
    units: Mapping[str, str]
    units_pattern: re.Pattern[str]
    erhua: Mapping[str, str]
    erhua_pattern: re.Pattern[str]


def load_tables(folder: Path) -> Tables:
    """Reads `folder` (data/speech); a bad file raises DataFileError."""
    latin = folder / "spoken_latin.yml"
    letters = _table(latin, load_models(latin, Said, "letters"))
    missing = [letter for letter in _LETTERS if letter not in letters]
    if missing:
        raise DataFileError(latin, 1, f"letters: {''.join(missing)} has no name")
    words = {
        word.lower(): said
        for word, said in _table(latin, load_models(latin, Said, "words")).items()
    }
    units = _table(folder / "spoken_units.yml", load_models(folder / "spoken_units.yml", Said))
    erhua = _table(folder / "spoken_erhua.yml", load_models(folder / "spoken_erhua.yml", Said))
    for written, said in erhua.items():
        if len(said) > len(written) or written == said:
            raise DataFileError(
                folder / "spoken_erhua.yml",
                1,
                f"'{written}': what is said must be another, no longer word",
            )
    return Tables(
        letters, words, word_pattern(words), units, unit_pattern(units), erhua, erhua_pattern(erhua)
    )


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The project's own, read once."""
    return load_tables(DATA / "speech")


def _table(path: Path, entries: Iterable[Said]) -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in entries:
        if entry.written in table:
            raise DataFileError(path, 1, f"'{entry.written}' occurs twice")
        table[entry.written] = entry.said
    return table
