"""What is said on a visit by telephone: `data/visits/script.yml`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, DataFileError, load_model, placeholders
from care.visits.findings import Findings

Sentence = Annotated[str, Field(min_length=2, max_length=60)]
Variants = Annotated[tuple[Sentence, ...], Field(min_length=1)]
Means = Mapping[str, str]
"""Group of general answers → finding."""


class Question(BaseModel):
    """One thing that is asked, in two wordings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    asks: Sentence
    again: Sentence
    means: Means
    again_means: Means = {}
    """After the second wording; empty: the same."""
    detail: Sentence | None = None
    """Asked after a bare yes."""
    bare: str | None = None
    """The finding that a bare yes is."""

    def meaning(self, *, again: bool) -> Means:
        """What general answers mean after this wording."""
        return self.again_means if again and self.again_means else self.means


class Script(BaseModel):
    """All sentences."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opening: Sentence
    opening_again: Sentence
    fetch: Sentence
    """To one who shares the telephone."""
    machine: Sentence
    """For an answering machine."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    acks: Mapping[str, Variants]
    """By question_finding."""
    noted: Variants
    who: Sentence
    repeat_gently: Sentence
    not_recorded: Sentence
    welcome: Sentence
    end: Sentence
    end_told: Sentence
    end_early: Sentence
    end_not_them: Sentence
    end_refused: Sentence

    @classmethod
    def load(cls, findings: Findings, data: Path = DATA) -> "Script":
        """Raises DataFileError, also for a finding that findings.yml doesn't know."""
        path = data / "visits" / "script.yml"
        script = load_model(path, cls)
        if problem := next(script._problems(findings), None):
            raise DataFileError(path, 1, problem)
        return script

    def question(self, number: str) -> Question | None:
        """The question of this code; None for the opening, and after the end."""
        return next((each for each in self.questions if each.id == number), None)

    def ack(self, question: str, finding: str, nth: int) -> str:
        """What is said to it; `nth` counts, so that nothing is said twice running."""
        variants = self.acks.get(f"{question}_{finding}", self.noted)
        return variants[nth % len(variants)]

    def texts(self) -> Iterator[str]:
        """All of it, to be rendered beforehand; the first ones hold a name."""
        yield from (self.opening, self.opening_again, self.fetch)
        for each in self.questions:
            yield from (each.asks, each.again, *((each.detail,) if each.detail else ()))
        for variants in (*self.acks.values(), self.noted):
            yield from variants
        yield from (self.who, self.repeat_gently, self.not_recorded, self.welcome, self.end)
        yield from (self.end_told, self.end_early, self.end_not_them, self.end_refused)
        yield self.machine

    def _problems(self, findings: Findings) -> Iterator[str]:
        known = {
            f"{code}_{finding.id}"
            for code, question in findings.questions.items()
            for finding in question.findings
        }
        for question in self.questions:
            for finding in {*question.means.values(), *question.again_means.values()}:
                if f"{question.id}_{finding}" not in known:
                    yield f"{question.id}: findings.yml has no finding '{finding}'"
        for name in self.acks:
            if name not in known:
                yield f"acks: findings.yml has no finding '{name}'"
        for name in ("opening", "opening_again", "fetch"):
            if placeholders(getattr(self, name)) != {"name"}:
                yield f"{name}: expected {{name}} and nothing else to be filled in"
