"""The models that can be fetched, from `data/speech/official_models.yml`."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, DataFileError, load_models

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class OfficialModel(BaseModel):
    """One model that somebody else publishes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    """What people call it, and the folder it gets."""

    folder: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """The one folder inside the archive."""

    address: str = Field(pattern=r"^https?://")
    megabytes: float = Field(gt=0)
    """Size of the archive, about (10^6 bytes)."""

    unpacked_megabytes: float = Field(gt=0)
    """No more is unpacked (10^6 bytes)."""

    sha256: Sha256 | None = None
    """Of the archive, as published; None when nobody told us."""

    about: str = ""


def load_official_models(data: Path = DATA) -> dict[str, OfficialModel]:
    """Every model by its name; raises DataFileError."""
    path = data / "speech" / "official_models.yml"
    found: dict[str, OfficialModel] = {}
    for model in load_models(path, OfficialModel, "models"):
        if model.name in found:
            raise DataFileError(path, 1, f"the name '{model.name}' occurs twice")
        found[model.name] = model
    return found
