"""The services that can be booked, meals among them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from care.catalogue.field import ServiceField, load_fields
from care.data_files import DataFileError, load_folder, read_yaml
from care.entitlements.profile import Ability

Fen = Annotated[int, Field(ge=0, le=10_000_000)]
"""分: a hundredth of a yuan."""


class Service(BaseModel):
    """One entry of `data/catalogue/services/*.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^S[1-9]\d{2}$")
    """S, the number of its field, two digits."""
    name: str = Field(min_length=2, max_length=32)
    """Canonical: the value of the entity, and what orders keep."""
    spoken: str = Field(min_length=2)
    """How the assistant says it. What people say is in `data/lexicon/`."""
    unit: Literal["次", "小时", "份", "人", "天", "晚", "台", "件", "块", "个", "副"] = "次"
    """What price and subsidy are for."""
    minutes: int = Field(gt=0)
    """How long it usually takes."""
    lead_hours: int = Field(ge=0, le=168)
    """How long before it is wanted it has to be ordered, at least."""
    needs: tuple[str, ...] = ()
    """What its worker must be able to show: names of `data/catalogue/needs.yml`."""
    only: tuple[str, ...] = ()
    """Situations, categories or abilities of an elder one of which it is for; empty: for every
    elder."""
    picture: bool = True
    """Whether its worker sends a picture of what was done; never where a body would be in it."""
    price: Fen | None = None
    """A unit. None where the installation has set none: then none is spoken."""
    subsidy: Fen | None = None
    """What is paid for the elder of a unit's price; never more than that."""

    @property
    def field(self) -> int:
        """Number of its field."""
        return int(self.code[1])


@dataclass(frozen=True)
class Catalogue:
    """All services by their canonical name."""

    services: dict[str, Service]
    fields: dict[int, ServiceField]
    """By their numbers."""

    @classmethod
    def load(cls, data: Path) -> "Catalogue":
        """Reads the data folder; a bad file raises DataFileError."""
        folder = data / "catalogue"
        fields = {field.number: field for field in load_fields(folder)}
        needs = frozenset(read_yaml(folder / "needs.yml"))
        services = {each.name: each for each in load_folder(folder / "services", Service, "name")}
        for service in services.values():
            _check(folder, service, fields, needs)
            if service.only and (unknown := set(service.only) - _groups(data)):
                problem = f"{service.code} {service.name}: no elders are called '{min(unknown)}'"
                raise DataFileError(folder / "services", 1, problem)
        if len({service.code for service in services.values()}) < len(services):
            raise DataFileError(folder / "services", 1, "a code occurs twice")
        return cls(services, fields)

    def find(self, name: str) -> Service | None:
        """The service of this canonical name."""
        return self.services.get(name)

    def say(self, name: str) -> str:
        """How a service, or a meal, is called in speech."""
        found = self.services.get(name)
        return found.spoken if found else name

    def of_field(self, number: int) -> list[Service]:
        """The services of one field, by their codes."""
        found = (service for service in self.services.values() if service.field == number)
        return sorted(found, key=lambda service: service.code)

    def free_hours(self, name: str) -> bool:
        """Whether a service may be paid with an elder's free hours of the month."""
        found = self.services.get(name)
        return found is not None and self.fields[found.field].free_hours


def _groups(data: Path) -> set[str]:
    """The situations, categories and abilities that an elder's record may hold."""
    files = ("situations.yml", "categories.yml")
    found = {entry["code"] for file in files for entry in read_yaml(data / "elders" / file)}
    return found | set(get_args(Ability))


def _check(
    folder: Path, service: Service, fields: dict[int, ServiceField], needs: frozenset[str]
) -> None:
    problem = ""
    if service.field not in fields:
        problem = f"there is no field {service.field} in fields.yml"
    if unknown := [need for need in service.needs if need not in needs]:
        problem = f"'{unknown[0]}' is not in needs.yml"
    if service.subsidy is not None and service.subsidy > (service.price or 0):
        problem = "the subsidy is more than the price"
    if problem:
        raise DataFileError(folder / "services", 1, f"{service.code} {service.name}: {problem}")
