"""The kinds of devices, from `data/devices/kinds.yml`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import load_models

TECHNICAL = "technical"
"""Category of alarms about devices themselves."""
TECHNICAL_SEVERITY = 3
"""A home that can't call is to be looked into soon."""
TOGETHER_SEVERITY = 2
"""Many homes that can't call are urgent."""


class Kind(BaseModel):
    """What an alarm of such a device means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z]{2,16}$")]
    name: str
    category: Annotated[str, Field(max_length=32)]
    severity: Annotated[int, Field(ge=1, le=3)]
    said: str
    """What stands in place of somebody's words."""


@dataclass(frozen=True)
class Kinds:
    """All of them."""

    by_id: dict[str, Kind]

    @classmethod
    def load(cls, data: Path) -> "Kinds":
        """Reads the data folder; a bad file raises DataFileError."""
        found = load_models(data / "devices" / "kinds.yml", Kind)
        return cls({kind.id: kind for kind in found})

    def of(self, kind: str) -> Kind:
        """A device whose kind has gone from the file is a button: it still calls for help."""
        return self.by_id.get(kind) or self.by_id["button"]
