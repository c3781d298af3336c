"""Who is visited how often: `data/visits/rules.yml`."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, load_model
from care.knowledge.card import Source

Within = Callable[[str, str], bool]
"""Whether a region is another one or lies in it (`Regions.within`)."""
Situations = frozenset[str]
"""Codes of data/elders/situations.yml."""
SEVERE = 3
"""Assessed level (GB/T 42195: 重度失能) from which somebody counts as 失能, whatever else is
written of how they live."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Strict):
    """Elders in one of these situations get so many visits."""

    id: Annotated[str, Field(pattern=r"^[a-z_]{2,32}$")]
    region: str | None = None
    """Full name; None for everywhere that no rule names."""
    situations: Annotated[Situations, Field(min_length=1)]
    times: Annotated[int, Field(ge=1, le=4)]
    """In a calendar month."""
    source: Source


class Phone(_Strict):
    """When a telephone call counts as a visit."""

    never: Situations = frozenset()
    running: Annotated[int, Field(ge=0)]
    """Visits by telephone that may follow one another."""
    late: Annotated[int, Field(ge=1, le=7)]
    """Days left, the last one among them, from which on somebody goes when no call did."""
    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    """Questions of data/visits/script.yml that must have been answered."""


class AlarmRule(_Strict):
    """Who is looked after at once when no call is answered."""

    situations: Situations
    category: str
    """Of data/alarms/words.yml."""
    severity: Annotated[int, Field(ge=1, le=3)]


class Rules(_Strict):
    """All that the file says."""

    goal: Annotated[int, Field(ge=1, le=100)]
    """Percent."""
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    phone: Phone
    alarm: AlarmRule

    @classmethod
    def load(cls, data: Path = DATA) -> "Rules":
        """Raises DataFileError."""
        return load_model(data / "visits" / "rules.yml", cls)

    def rule_for(self, region: str | None, situations: Situations, within: Within) -> Rule | None:
        """The rule that asks for the most visits of somebody who lives so; None: for none."""
        here = [r for r in self.rules if r.region and region and within(region, r.region)]
        there = here or [r for r in self.rules if r.region is None]
        asking = [rule for rule in there if rule.situations & situations]
        return max(asking, key=lambda rule: rule.times, default=None)

    def by_phone(self, situations: Situations, running: int) -> bool:
        """Whether a call counts, after so many visits by telephone without one in person."""
        return not situations & self.phone.never and running < self.phone.running

    def is_late(self, due_on: date, today: date) -> bool:
        """Whether a visit that the telephone did not do by now is one for a person."""
        return (due_on - today).days < self.phone.late


def lives(situations: Situations, ability: int | None) -> Situations:
    """What decides on visits: how somebody lives, and what they were assessed to need."""
    return situations | {"失能"} if ability is not None and ability >= SEVERE else situations
