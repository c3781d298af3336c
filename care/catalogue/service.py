"""The services that can be booked."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import load_models


class Service(BaseModel):
    """One entry of `data/catalogue/services.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^S\d{2}$")
    name: str = Field(min_length=2)
    spoken: str = Field(min_length=2)
    """How the assistant says it."""
    minutes: int = Field(gt=0)


@dataclass(frozen=True)
class Catalogue:
    """All services by their canonical name."""

    services: dict[str, Service]

    @classmethod
    def load(cls, data: Path) -> "Catalogue":
        """Reads the data folder; a bad file raises DataFileError."""
        entries = load_models(data / "catalogue" / "services.yml", Service)
        return cls({service.name: service for service in entries})

    def find(self, name: str) -> Service | None:
        """The service of this canonical name."""
        return self.services.get(name)

    def say(self, name: str) -> str:
        """How a service, or a meal, is called in speech."""
        found = self.services.get(name)
        return found.spoken if found else name
