"""Alarms in words for people: `data/alarms/words.yml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from care.alarms.outcome import Outcome
from care.alarms.state import STATES
from care.data_files import DATA, load_model
from care.naming import complete

_MINUTE = 60


class Words(BaseModel):
    """Names by the codes that stand in the database."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    categories: dict[str, str]
    other_category: str
    severities: dict[str, str]
    states: dict[str, str]
    events: dict[str, str]
    audiences: dict[str, str]
    outcomes: dict[str, str]
    by: dict[str, str]
    unknown_place: str
    unknown_person: str

    @field_validator("states")
    @classmethod
    def _all_states(cls, names: dict[str, str]) -> dict[str, str]:
        return complete(names, STATES)

    @field_validator("outcomes")
    @classmethod
    def _all_outcomes(cls, names: dict[str, str]) -> dict[str, str]:
        return complete(names, tuple(outcome.value for outcome in Outcome))

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Raises DataFileError."""
        return load_model(data / "alarms" / "words.yml", cls)

    def category(self, code: str) -> str:
        """What kind of alarm; a code that nobody named is a call for help."""
        return self.categories.get(code, self.other_category)


def spell_seconds(seconds: float) -> str:
    """A time of waiting as it is said: 30秒, 3分钟, 1小时20分钟."""
    whole = max(0, int(seconds))
    if whole < 2 * _MINUTE:
        return f"{whole}秒"
    hours, minutes = divmod(whole // _MINUTE, _MINUTE)
    if not hours:
        return f"{minutes}分钟"
    return f"{hours}小时{minutes}分钟" if minutes else f"{hours}小时"
