"""What the desk calls states, steps and channels: `data/benefits/words.yml`."""

from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from care.benefits.channel import Channel
from care.benefits.eligible import OFFICE
from care.benefits.state import State, Step
from care.data_files import DATA, load_model
from care.entitlements.profile import FACTS
from care.naming import complete

_COMPLETE: Mapping[str, Collection[str]] = {
    "states": tuple(State),
    "steps": tuple(Step),
    "channels": tuple(Channel),
    "missing": (*FACTS, OFFICE),
}


class Words(BaseModel):
    """Chinese words for codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: dict[State, str]
    steps: dict[Step, str]
    events: dict[str, str]
    channels: dict[Channel, str]
    missing: dict[str, str]

    @field_validator(*_COMPLETE)
    @classmethod
    def _all_named(cls, names: Mapping[str, str], field: ValidationInfo) -> Mapping[str, str]:
        return complete(names, _COMPLETE[field.field_name or ""])

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Reads the data folder. Raises DataFileError."""
        return load_model(data / "benefits" / "words.yml", cls)
