"""What the desk calls orders, and what is wrong with one: `data/desk/orders.yml`."""

from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, field_validator

from care.data_files import DATA, load_model
from care.naming import complete
from care.orders.series import Festive
from care.orders.state import STATES, STEPS


class OrderWords(BaseModel):
    """Chinese words for codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    states: dict[str, str]
    events: dict[str, str]
    attention: dict[str, str]
    by: dict[str, str]
    problems: dict[str, str]
    festivals: dict[str, str]
    """What happens with a standing order on festivals."""

    @field_validator("states")
    @classmethod
    def _all_states(cls, names: dict[str, str]) -> dict[str, str]:
        return complete(names, STATES)

    @field_validator("events")
    @classmethod
    def _all_steps(cls, names: dict[str, str]) -> dict[str, str]:
        return complete(names, STEPS)

    @field_validator("festivals")
    @classmethod
    def _all_festivals(cls, names: dict[str, str]) -> dict[str, str]:
        return complete(names, get_args(Festive))

    @classmethod
    def load(cls, data: Path = DATA) -> "OrderWords":
        """Raises DataFileError."""
        return load_model(data / "desk" / "orders.yml", cls)
