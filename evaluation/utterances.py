"""The test utterances: what people say, what they mean, and what they name. Never training data."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DataFileError, load_models

_SETS = Path(__file__).resolve().parent.parent / "tests" / "evaluation"
BLIND = _SETS / "blind"
"""The test set: written by somebody who saw neither training data nor errors; never tuned on."""
DEVELOPMENT = _SETS / "development"
"""The development set: its errors were looked at while the training data grew."""
"""One list of utterances per file."""

NOISY_EVERY = 3
"""Every third utterance goes through the simulated recogniser: always the same ones."""


class Named(BaseModel):
    """One thing that an utterance names, in the canonical values of `care/language/entity.py`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    value: str


class Utterance(BaseModel):
    """What somebody says, with the one right reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1)
    intent: str
    entities: tuple[Named, ...] = ()
    """Must be found, each of them."""

    optional: tuple[Named, ...] = ()
    """May be found or not, both are right: 助餐 in 助餐点, the withdrawn value in a correction."""


def load_utterances(folder: Path = DEVELOPMENT) -> list[Utterance]:
    """All utterances, file after file; the same text twice is a `DataFileError`."""
    found: list[Utterance] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.yml")):
        for utterance in load_models(path, Utterance):
            if utterance.text in seen:
                raise DataFileError(path, 1, f"'{utterance.text}' occurs twice")
            seen.add(utterance.text)
            found.append(utterance)
    if not found:
        raise DataFileError(folder, 1, "the folder holds no utterance")
    return found


def is_noisy(index: int) -> bool:
    """Whether the utterance at this place of the whole set belongs to the noisy third."""
    return index % NOISY_EVERY == NOISY_EVERY - 1
