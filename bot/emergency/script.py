"""The words of the follow-up, read from `data/emergency/prompts.yml`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.emergency.emergency import CATEGORIES, Category
from care.data_files import DataFileError, load_models

_SENTENCES_MOST = 2
_SIGNS_MOST = 46
"""An elder holds about this much in mind while frightened."""


def _spoken(text: str) -> str:
    if len(text) > _SIGNS_MOST:
        raise ValueError(f"{len(text)} characters are too many to take in, at most {_SIGNS_MOST}")
    if len(re.findall(r"[。!?]", text)) > _SENTENCES_MOST:
        raise ValueError(f"more than {_SENTENCES_MOST} sentences")
    return text


Spoken = Annotated[str, Field(min_length=2), AfterValidator(_spoken)]
Pair = Annotated[tuple[Spoken, ...], Field(min_length=2, max_length=2)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Say(_Entry):
    """Variants of one remark; at least two, so that none is said twice running."""

    id: str
    texts: Annotated[tuple[Spoken, ...], Field(min_length=2)]


class Values(_Entry):
    """What a yes, a no and a "don't know" tell the operator."""

    yes: str
    no: str
    unsure: str


class Question(_Entry):
    """One thing to ask: the first wording, and the second when it has to be asked again."""

    id: str
    fact: str
    ask: Pair
    ask_other: Pair | None = None
    """The same when the caller speaks of somebody else."""

    open: bool = False
    """True where the answer is kept as it was said."""

    values: Values | None = None
    say_after_no: Spoken | None = None
    say_after_no_self: Spoken | None = None

    def wordings(self, *, other: bool) -> tuple[str, ...]:
        """First and second wording."""
        return self.ask_other if other and self.ask_other else self.ask


class CategoryScript(_Entry):
    """What to say and ask in one kind of emergency."""

    id: Category
    questions: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids, most important first."""

    advice: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    advice_other: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    call: Spoken
    """Whom to telephone directly, if somebody can."""

    call_other: Spoken | None = None
    opening: str = "opening"
    status: str = "status"
    calm: str = "calm"
    later: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    """One at a time, when everything is asked."""


@dataclass(frozen=True)
class Lines:
    """Everything that can be said, by id."""

    says: dict[str, Say]
    questions: dict[str, Question]
    categories: dict[str, CategoryScript]


REMARKS = (
    *("opening", "worse", "acknowledged", "not_understood", "status", "false_alarm", "person"),
    *("identity", "comfort", "later", "silence", "calm"),
)


def load_lines(path: Path) -> Lines:
    """Reads and cross-checks the file; raises DataFileError with file, line and problem."""
    says = {each.id: each for each in load_models(path, Say, "says")}
    questions = {each.id: each for each in load_models(path, Question, "questions")}
    categories = {each.id: each for each in load_models(path, CategoryScript, "categories")}
    _require(path, "says", REMARKS, says)
    _require(path, "categories", CATEGORIES, categories)
    for category in categories.values():
        _require(path, f"questions (for {category.id})", category.questions, questions)
        remarks = (category.opening, category.status, category.calm)
        _require(path, f"says (for {category.id})", remarks, says)
    return Lines(says, questions, dict(categories.items()))


def _require(path: Path, where: str, names: Iterable[str], known: Iterable[str]) -> None:
    missing = sorted(set(names) - set(known))
    if missing:
        raise DataFileError(path, 1, f"{where}: missing {', '.join(missing)}")
