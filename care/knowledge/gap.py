"""A gap: what people ask and no source answers (`data/knowledge/gaps.yml`)."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, load_models


class Gap(BaseModel):
    """Questions of one kind that get "nothing found", however near a card may come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str = Field(min_length=2)
    """What the questions are about; for the reader of the file."""

    region: str | None = None
    """The place whose sources leave it open; None for every place."""

    questions: list[str] = Field(min_length=1)


def load_gaps(path: Path = DATA / "knowledge" / "gaps.yml") -> list[Gap]:
    """The gaps.

    Raises:
        DataFileError: the file is missing or holds an entry that isn't a gap.
    """
    return load_models(path, Gap)
