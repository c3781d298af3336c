"""What the desk calls orders, and what is wrong with one: `data/desk/orders.yml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from care.data_files import DATA, load_model
from care.orders.state import STATES, STEPS


class OrderWords(BaseModel):
    """Chinese words for codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: dict[str, str]
    events: dict[str, str]
    attention: dict[str, str]
    by: dict[str, str]
    problems: dict[str, str]

    @field_validator("states")
    @classmethod
    def _all_states(cls, names: dict[str, str]) -> dict[str, str]:
        if missing := set(STATES) - set(names):
            raise ValueError(f"no word for {min(missing)}")
        return names

    @field_validator("events")
    @classmethod
    def _all_steps(cls, names: dict[str, str]) -> dict[str, str]:
        if missing := set(STEPS) - set(names):
            raise ValueError(f"no word for {min(missing)}")
        return names

    @classmethod
    def load(cls, data: Path = DATA) -> "OrderWords":
        """Raises DataFileError."""
        return load_model(data / "desk" / "orders.yml", cls)
