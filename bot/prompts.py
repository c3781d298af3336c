"""The sentences of the conversation itself, from `data/prompts.yml`."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from care.data_files import DataFileError, read_yaml

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
    path = data / "prompts.yml"
    content = read_yaml(path)
    try:
        return Prompts.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        line = content.lc.key(name)[0] + 1 if name in content else 1
        raise DataFileError(path, line, f"{name}: {first['msg']}") from error
