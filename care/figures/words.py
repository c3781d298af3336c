"""What figures are called and what they mean: `data/figures/words.yml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, load_model


class Meaning(BaseModel):
    """One figure for people."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(min_length=2)
    unit: str = ""
    """The measure word of a count: 通, 个, …"""
    means: str = Field(min_length=10, pattern="。$")
    """Sentences with which somebody can defend the number."""


class Words(BaseModel):
    """All of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    groups: dict[str, str]
    figures: dict[str, Meaning]

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Raises DataFileError."""
        return load_model(data / "figures" / "words.yml", cls)
