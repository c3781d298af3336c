"""A fact card: one thing that a policy states, how people ask for it, and what is answered."""

import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from care.data_files import DATA, DataFileError, load_folder
from care.knowledge.document import Document

Topic = Literal[
    "hotline",
    "canteen",
    "care_home",
    "home_care",
    "adaptation",
    "visiting",
    "assessment",
    "medical",
    "rural",
    "facilities",
    "provider_policy",
    "plan_figures",
    "entitlement",
    "apply",
]
"""The intents `ask_<topic>`, with `entitlement` and `apply` for the two that rules answer first."""

Audience = Literal["elder", "family", "official"]

MAX_ANSWER = 90
"""Characters; about twenty seconds of speech, as much as a caller keeps in mind."""

_SENTENCE_END = re.compile(r"[。！？!?；;]+")
_YEAR = re.compile(r"20\d\d年")
_UNSPEAKABLE = re.compile(r"[()（）\[\]【】<>*#_/\\|\n]|https?:")


class Source(BaseModel):
    """Where a card's fact stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str = Field(pattern=r"^[0-9]{3}$")
    """A document's id in `data/documents.yml`."""

    section: str = Field(min_length=2)
    """The heading that the fact stands under, as short as it can be found by."""


class Card(BaseModel):
    """One fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$")
    """Place, thing, aspect: e.g. shenyang-canteen-count."""

    topic: Topic
    region: str = Field(min_length=2)
    """The canonical name in `data/regions.yml` of the place that the fact holds for."""

    audience: list[Audience] = Field(min_length=1)
    questions: list[str] = Field(min_length=4, max_length=8)
    """What elders, families and officials say when they ask for it."""

    answer: str = Field(max_length=MAX_ANSWER)
    """At most two sentences that can be read aloud, naming the source's year."""

    source: Source

    @field_validator("questions")
    @classmethod
    def _questions_differ(cls, questions: list[str]) -> list[str]:
        if len(set(questions)) != len(questions):
            raise ValueError("the same question stands twice")
        if any(len(question) < 4 for question in questions):
            raise ValueError("a question has fewer than 4 characters")
        return questions

    @field_validator("answer")
    @classmethod
    def _answer_can_be_read_aloud(cls, answer: str) -> str:
        sentences = [part for part in _SENTENCE_END.split(answer) if part.strip()]
        if len(sentences) > 2:
            raise ValueError(f"at most two sentences, found {len(sentences)}")
        if not answer.endswith(("。", "！", "？")):
            raise ValueError("the answer doesn't end with 。, ！ or ？")
        if not _YEAR.search(answer):
            raise ValueError("the answer names no year (e.g. 2023年)")
        if found := _UNSPEAKABLE.search(answer):
            raise ValueError(f"'{found.group()}' can't be read aloud")
        return answer


def load_cards(folder: Path, documents: dict[str, Document]) -> list[Card]:
    """Every card of every `*.yml` in `folder`, each checked against the document that it cites.

    Raises:
        DataFileError: an entry isn't a card, an id or a question of one region stands twice, the
            document is unknown, or the answer doesn't name its year (or that it is a repost).
    """
    cards = load_folder(folder, Card)
    asked: dict[tuple[str, str], str] = {}
    for card in cards:
        if problem := _problem(card, documents):
            raise _error(folder, card, problem)
        for question in card.questions:
            other = asked.setdefault((card.region, question), card.id)
            if other != card.id:
                raise _error(folder, card, f"'{question}' is asked by {other} too")
    return cards


def project_cards(documents: dict[str, Document]) -> list[Card]:
    """The project's own cards (`data/cards/`)."""
    return load_cards(DATA / "cards", documents)


def _problem(card: Card, documents: dict[str, Document]) -> str | None:
    document = documents.get(card.source.document)
    if document is None:
        return f"unknown document '{card.source.document}'"
    if f"{document.year}年" not in card.answer:
        return f"the answer doesn't name its source's year, {document.year}年"
    if document.trust == "repost" and "转载" not in card.answer:
        return "the answer doesn't say that its source is a repost (转载)"
    return None


def _error(folder: Path, card: Card, problem: str) -> DataFileError:
    """Names the file and line where the card's id stands."""
    mark = re.compile(rf"^- id: [\"']?{re.escape(card.id)}[\"']?\s*$")
    for path in sorted(folder.glob("*.yml")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if mark.match(line):
                return DataFileError(path, number, f"{card.id}: {problem}")
    return DataFileError(folder, 1, f"{card.id}: {problem}")
