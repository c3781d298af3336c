"""What SCAIP's codes mean here, from `data/devices/scaip.yml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DataFileError, load_model
from care.devices.kind import Kinds
from care.devices.reports import Event
from voice.line.scaip.message import Request

_UNKNOWN_PLACES = {None, "000", "001"}


class Codes(BaseModel):
    """The tables."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    types: dict[str, str]
    """Device type to kind."""
    faults: dict[str, str]
    """Status to words."""
    fine: frozenset[str]
    places: dict[str, str]

    @model_validator(mode="after")
    def _one_meaning(self) -> "Codes":
        if both := self.fine & self.faults.keys():
            raise ValueError(f"status {min(both)} can't be both a fault and fine")
        return self

    @classmethod
    def load(cls, data: Path, kinds: Kinds) -> "Codes":
        """Reads the data folder; a bad file raises DataFileError."""
        path = data / "devices" / "scaip.yml"
        found = load_model(path, cls)
        if unknown := set(found.types.values()) - kinds.by_id.keys():
            raise DataFileError(path, 1, f"types: no kind is called '{min(unknown)}'")
        return found

    def needs_nobody(self, request: Request) -> bool:
        """Whether it only says that all is well."""
        return request.stc in self.fine

    def event(self, request: Request) -> Event:
        """What a unit reports, as every other device would say it."""
        texts = (request.dte, request.stt, request.ite)
        facts = {"position": request.geo} if request.geo else {}
        return Event(
            reference=request.ref,
            how="scaip",
            kind=self.types.get(request.dty),
            fault=self.faults.get(request.stc or ""),
            text=" ".join(filter(None, texts)),
            place=self._place(request),
            facts=facts,
            sensor=request.did,
            sensor_type=request.dty,
        )

    def _place(self, request: Request) -> str | None:
        if request.lco in _UNKNOWN_PLACES:
            return request.lte
        named = self.places.get(request.lco or "", "")
        return " ".join(filter(None, (named + (request.lva or ""), request.lte))) or None
