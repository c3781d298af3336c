"""The words for how a caller wants to hear us, from `data/turn/pace.yml`."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from care.data_files import DATA, load_model
from voice.turn.data_file import Patterns, Strict, Texts


class Wish(StrEnum):
    """What of our speech shall change; the last sentence is said again that way."""

    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    SOFTER = "softer"
    REPEAT = "repeat"


class _Phrases(Strict):
    wish: Wish
    phrases: Patterns


class RatePauses(Strict):
    """For callers who speak so slowly."""

    below: float = Field(gt=0)
    """Syllables a second."""
    pauses: float = Field(ge=1, le=3)
    """Times the usual ones."""


class PaceWords(Strict):
    """All of the file."""

    wishes: tuple[_Phrases, ...]
    around: Texts
    only: dict[Wish, Texts]
    speeds: tuple[float, ...] = Field(min_length=2)
    louder: float = Field(gt=0)
    longer: float = Field(gt=0)
    rates: tuple[RatePauses, ...]
    part: int = Field(ge=10)
    rest: int = Field(ge=0)
    more: Texts
    go_on: Texts
    enough: Texts


@lru_cache(maxsize=4)
def pace_words(data: Path = DATA) -> PaceWords:
    """Reads the data folder once; raises DataFileError."""
    return load_model(data / "turn" / "pace.yml", PaceWords)
