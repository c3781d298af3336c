"""The benefits that callers name, and who is paid."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Benefit(BaseModel):
    """One benefit by its canonical name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=2)
    payee: Literal["person", "institution"] = "person"
    """institution: paid to homes and operators; nobody can draw it for themselves."""
