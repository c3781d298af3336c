"""The sentences that ears are tested with. Never trained on."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import load_models

FOLDER = Path(__file__).resolve().parent.parent.parent / "tests" / "evaluation" / "speech_sets"

Kind = Literal["digits", "dates", "times", "ages", "address"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sentence(_Strict):
    """Something that a caller says."""

    text: str = Field(min_length=1)
    """As written; what is spoken of it, `voice.spoken.form` tells."""


class Number(Sentence):
    """A sentence with a number in it, as an answer to a question."""

    kind: Kind
    """What was asked for: the grammar that listens beside; `address` has none."""

    bare: bool = False
    """Nothing but the number, so that the grammar alone could hear it."""


class RoundTrip(Sentence):
    """A caller's first sentence, said and written."""

    emergency: bool = False


def domain(folder: Path = FOLDER) -> list[Sentence]:
    """A hundred sentences of the blind test set; raises DataFileError, as the others do."""
    return load_models(folder / "domain.yml", Sentence)


def everyday(folder: Path = FOLDER) -> list[Sentence]:
    """News, weather, cooking, family: nothing that the hotline is for."""
    return load_models(folder / "everyday.yml", Sentence)


def numbers(folder: Path = FOLDER) -> list[Number]:
    """Telephone numbers, dates, times, ages and addresses."""
    return load_models(folder / "numbers.yml", Number)


def round_trips(folder: Path = FOLDER) -> list[RoundTrip]:
    """Sixty sentences whose outcome must not depend on being said or written."""
    return load_models(folder / "round_trip.yml", RoundTrip)
