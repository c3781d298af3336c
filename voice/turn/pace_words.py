"""The words for how a caller wants to hear us, from `data/turn/pace.yml`."""

import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from care.data_files import DATA
from voice.turn.mapping_file import Strict, load_one

_Texts = Annotated[tuple[str, ...], Field(min_length=1)]


class Wish(StrEnum):
    """What of our speech shall change; the last sentence is said again that way."""

    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    SOFTER = "softer"
    REPEAT = "repeat"


class _Phrases(Strict):
    wish: Wish
    phrases: _Texts

    @field_validator("phrases")
    @classmethod
    def _can_be_read(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"'{pattern}' is no regular expression: {error}") from error
        return patterns


class RatePauses(Strict):
    """For callers who speak so slowly."""

    below: float = Field(gt=0)
    """Syllables a second."""
    pauses: float = Field(ge=1, le=3)
    """Times the usual ones."""


class PaceWords(Strict):
    """All of the file."""

    wishes: tuple[_Phrases, ...]
    around: _Texts
    only: dict[Wish, _Texts]
    speeds: tuple[float, ...] = Field(min_length=2)
    louder: float = Field(gt=0)
    longer: float = Field(gt=0)
    rates: tuple[RatePauses, ...]
    part: int = Field(ge=10)
    rest: int = Field(ge=0)
    more: _Texts
    go_on: _Texts
    enough: _Texts


@lru_cache(maxsize=4)
def pace_words(data: Path = DATA) -> PaceWords:
    """Reads the data folder once; raises DataFileError."""
    return load_one(data / "turn" / "pace.yml", PaceWords)
