"""Real answers of the assistant, to measure the voice with."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import load_models

_FILE = Path(__file__).with_name("replies.yml")


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1)


def load_replies(path: Path = _FILE) -> list[str]:
    """Everything that was said in one turn, for each of sixty turns; raises DataFileError."""
    return [answer.text for answer in load_models(path, _Answer)]
