"""The sentences of the conversation itself, from `data/prompts.yml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import load_model

Variants = list[str]


class Prompts(BaseModel):
    """Every sentence by its name; lists hold variants, so that nothing is said twice running."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    handover_asked: Variants = Field(min_length=1)
    handover_waiting: Variants = Field(min_length=1)
    handover_unanswered: Variants = Field(min_length=1)
    handover_failure: Variants = Field(min_length=1)
    handover_declined: Variants = Field(min_length=1)
    emergency_declined: Variants = Field(min_length=1)
    nothing_heard: Variants = Field(min_length=1)
    too_long: str
    empty: str
    bad_sender: str
    bad_body: str
    too_fast: str
    too_large: str


def load_prompts(data: Path) -> Prompts:
    """Reads the data folder; a bad file raises DataFileError."""
    return load_model(data / "prompts.yml", Prompts)
