"""What the desk calls states, steps and channels: `data/benefits/words.yml`."""

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from care.benefits.channel import Channel
from care.benefits.eligible import OFFICE
from care.benefits.state import State, Step
from care.data_files import DATA, load_model
from care.entitlements.profile import FACTS


class Words(BaseModel):
    """Chinese words for codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: dict[State, str]
    steps: dict[Step, str]
    events: dict[str, str]
    channels: dict[Channel, str]
    missing: dict[str, str]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        _check("states", self.states, State)
        _check("steps", self.steps, Step)
        _check("channels", self.channels, Channel)
        if absent := {*FACTS, OFFICE} - self.missing.keys():
            raise ValueError(f"missing: '{min(absent)}' is missing")
        return self

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Reads the data folder. Raises DataFileError."""
        return load_model(data / "benefits" / "words.yml", cls)


def _check(
    name: str,
    words: Mapping[State, str] | Mapping[Step, str] | Mapping[Channel, str],
    codes: type[Enum],
) -> None:
    if absent := set(codes) - set(words):
        raise ValueError(f"{name}: '{min(code.value for code in absent)}' is missing")
