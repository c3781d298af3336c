"""Visits in words for people: `data/visits/words.yml`."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from care.data_files import DATA, load_model
from care.naming import complete
from care.visits.state import How, Result, State, Why

_COMPLETE: Mapping[str, type[StrEnum]] = {
    "states": State,
    "hows": How,
    "whys": Why,
    "results": Result,
}


class Words(BaseModel):
    """Names by the codes that stand in the database."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: Mapping[str, str]
    hows: Mapping[str, str]
    whys: Mapping[str, str]
    results: Mapping[str, str]
    events: Mapping[str, str]
    by: Mapping[str, str]

    @field_validator(*_COMPLETE)
    @classmethod
    def _all_named(cls, names: Mapping[str, str], field: ValidationInfo) -> Mapping[str, str]:
        return complete(names, _COMPLETE[field.field_name or ""])

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Raises DataFileError."""
        return load_model(data / "visits" / "words.yml", cls)
