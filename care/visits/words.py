"""Visits in words for people: `data/visits/words.yml`."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DATA, load_model
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

    @model_validator(mode="after")
    def _all_named(self) -> Self:
        for name, codes in _COMPLETE.items():
            if missing := [code for code in codes if not getattr(self, name).get(code)]:
                raise ValueError(f"{name}: no word for {', '.join(missing)}")
        return self

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Raises DataFileError."""
        return load_model(data / "visits" / "words.yml", cls)
