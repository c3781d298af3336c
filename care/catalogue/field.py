"""The fields into which the catalogue is divided."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import load_models


class ServiceField(BaseModel):
    """One entry of `data/catalogue/fields.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1, le=9)
    """First digit of its services' codes."""
    name: str = Field(min_length=2)
    free_hours: bool = False
    """Whether its services may be paid with an elder's free hours of the month."""


def load_fields(folder: Path) -> list[ServiceField]:
    """The fields in `fields.yml` of the catalogue's folder. Raises DataFileError."""
    return load_models(folder / "fields.yml", ServiceField)
