"""What the report's numbers are called and what they mean: `data/report/words.yml`."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.data_files import DATA, load_model


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(min_length=2)
    means: str = Field(min_length=10, pattern="。$")
    """A sentence with which somebody can defend the number."""


class Meaning(_Entry):
    """Of a count."""

    unit: str


class Share(_Entry):
    """One count as part of another."""

    part: str
    whole: str


class Split(_Entry):
    """Of a breakdown."""

    other: str
    """What has none of its names."""


class Words(BaseModel):
    """All of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chapters: dict[str, str]
    counts: dict[str, Meaning]
    shares: dict[str, Share]
    breakdowns: dict[str, Split]
    levels: dict[str, str]
    """The four levels below the province, by `care.regions.region.LEVELS`."""
    no_region: str

    @model_validator(mode="after")
    def _shares_are_of_counts(self) -> Self:
        for name, share in self.shares.items():
            if unknown := {share.part, share.whole} - self.counts.keys():
                raise ValueError(f"shares.{name}: there is no count '{min(unknown)}'")
        return self

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Raises DataFileError."""
        return load_model(data / "report" / "words.yml", cls)
