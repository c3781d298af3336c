"""The ladder that an alarm climbs while nobody acts: `data/alarms/ladder.yml`, checked."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from care.alarms.state import RAISED
from care.data_files import DATA, load_model, placeholders

Audience = Literal["desks", "duty", "supervisor", "contacts", "external"]
"""desks ring inside the house; the others are told through a care.notices.port.Notifier."""
Severity = Annotated[int, Field(ge=1, le=3)]
_SEVERITIES = (1, 2, 3)


class Rung(BaseModel):
    """What happens after so many seconds in a state."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]{1,32}$")
    severities: tuple[Severity, ...] = Field(min_length=1)
    state: Literal["raised", "acknowledged", "dispatched", "on_site"]
    after: float = Field(gt=0, le=86_400)
    """Seconds in the state."""
    tell: tuple[Audience, ...] = Field(min_length=1)
    why: str
    """What is wrong, e.g. 等了{waited},还没有坐席接."""
    instruct: str | None = None
    """What a person at the desk has to do."""

    @field_validator("why")
    @classmethod
    def _of_waiting(cls, template: str) -> str:
        return _only(template, {"waited"})

    @field_validator("instruct")
    @classmethod
    def _of_dialling(cls, template: str | None) -> str | None:
        return template and _only(template, {"number", "service"})


class Wording(BaseModel):
    """What one audience is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    audience: Audience
    title: str
    text: str
    spoken: str | None = None

    @field_validator("title", "text", "spoken")
    @classmethod
    def _of_an_alarm(cls, template: str | None) -> str | None:
        return template and _only(template, {"ref", "category", "place", "person", "why"})


class Dialled(BaseModel):
    """A number that a person dials, and for which categories."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = Field(pattern=r"^\d{3,12}$")
    service: str
    categories: tuple[str, ...]


class Ladder(BaseModel):
    """All rungs, and the words that go out from them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rungs: tuple[Rung, ...]
    notices: tuple[Wording, ...]
    numbers: tuple[Dialled, ...] = Field(min_length=1)

    @classmethod
    def load(cls, data: Path = DATA) -> "Ladder":
        """Raises DataFileError."""
        return load_model(data / "alarms" / "ladder.yml", cls)

    @model_validator(mode="after")
    def _nobody_falls_through(self) -> "Ladder":
        ids = [rung.id for rung in self.rungs]
        if len(set(ids)) != len(ids):
            raise ValueError("two rungs have the same id")
        silent = [severity for severity in _SEVERITIES if not self.rungs_of(severity, RAISED)]
        if silent:
            raise ValueError(f"no rung of the state raised for severity {silent[0]}")
        worded = {wording.audience for wording in self.notices}
        told = {audience for rung in self.rungs for audience in rung.tell if audience != "desks"}
        if told - worded:
            raise ValueError(f"no notice for {', '.join(sorted(told - worded))}")
        return self

    def rungs_of(self, severity: int, state: str) -> tuple[Rung, ...]:
        """What an alarm climbs in a state, from the foot."""
        mine = (rung for rung in self.rungs if rung.state == state and severity in rung.severities)
        return tuple(sorted(mine, key=lambda rung: rung.after))

    def rung(self, rung_id: str) -> Rung | None:
        """A rung by its id; None when it isn't in the file any more."""
        return next((rung for rung in self.rungs if rung.id == rung_id), None)

    def wording(self, audience: str) -> Wording | None:
        """What an audience is told; None when the file doesn't know it any more."""
        return next((each for each in self.notices if each.audience == audience), None)

    def instruction(self, rung: Rung, category: str) -> str | None:
        """What a person has to do now, with the number to dial."""
        fits = (each for each in self.numbers if category in each.categories)
        dialled = next(fits, self.numbers[0])
        if rung.instruct is None:
            return None
        return rung.instruct.format(number=dialled.number, service=dialled.service)


def _only(template: str, known: set[str]) -> str:
    strange = placeholders(template) - known
    if strange:
        raise ValueError(f"unknown placeholder {{{sorted(strange)[0]}}}")
    return template
