"""What a visit finds out: `data/visits/findings.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, load_models

UNCLEAR = "unclear"
"""Asked twice, and not understood."""


class Finding(BaseModel):
    """One answer, in a word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z_]{2,16}$")]
    label: str
    good: bool = False
    desk: bool = False
    """Whether somebody at the desk telephones."""
    alarm: Annotated[int, Field(ge=1, le=3)] | None = None
    """Severity."""


class Question(BaseModel):
    """What is asked on every visit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Annotated[str, Field(pattern=r"^[a-z]{2,16}$")]
    label: str
    findings: Annotated[tuple[Finding, ...], Field(min_length=2)]


_UNCLEAR = Finding(id=UNCLEAR, label="没听明白")


@dataclass(frozen=True)
class Findings:
    """All that can be found."""

    questions: Mapping[str, Question]
    """In the order of the file."""

    @classmethod
    def load(cls, data: Path = DATA) -> "Findings":
        """Raises DataFileError."""
        found = load_models(data / "visits" / "findings.yml", Question)
        return cls({each.question: each for each in found})

    def find(self, question: str, finding: str) -> Finding | None:
        """What a code of an answer means; None when the file doesn't know it (any more)."""
        if finding == UNCLEAR:
            return _UNCLEAR
        known = self.questions.get(question)
        return next((f for f in known.findings if f.id == finding), None) if known else None

    def label(self, question: str) -> str:
        """What a question is about, in a word."""
        known = self.questions.get(question)
        return known.label if known else question
