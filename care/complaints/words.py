"""The words of `data/complaints/words.yml`: kinds with their deadlines, states, outcomes."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.data_files import DATA, load_model

STATES = ("open", "in_hand", "closed")
OUTCOMES = ("upheld", "partly", "unfounded", "withdrawn")
EVENTS = ("made", "taken", "remarked", "overdue", "closed", "reopened")


class Kind(BaseModel):
    """What a complaint is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str = Field(min_length=1)
    hours: int = Field(gt=0, le=720)
    """Until it has to be closed."""
    said: re.Pattern[str] | None = None
    """Regular expression for what people say of it."""

    @property
    def within(self) -> timedelta:
        """The same as a span."""
        return timedelta(hours=self.hours)


class Words(BaseModel):
    """Everything about complaints that people read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: dict[str, Kind]
    states: dict[str, str]
    outcomes: dict[str, str]
    events: dict[str, str]
    by: dict[str, str]
    """Whoever isn't an operator."""
    bad_review: str
    not_done: str
    meals: re.Pattern[str]
    """Regular expression: it is about a meal."""
    bare: re.Pattern[str]
    """Regular expression, for the whole of an utterance: it says no more than that there is one."""

    @model_validator(mode="after")
    def _whole(self) -> "Words":
        if {"quality", "late", "other"} - self.kinds.keys():
            raise ValueError("kinds: quality and late are needed for bad reviews, other for talk")
        for name, expected in (("states", STATES), ("outcomes", OUTCOMES), ("events", EVENTS)):
            if set(getattr(self, name)) != set(expected):
                raise ValueError(f"{name}: expected {', '.join(expected)}")
        return self

    def kind_of(self, text: str) -> str:
        """What is complained of, in `text`; `other` where nothing tells. The first kind that fits,
        in the order of the file, counts."""
        for name, kind in self.kinds.items():
            if kind.said and kind.said.search(text):
                return name
        return "other"

    def is_of_meals(self, text: str) -> bool:
        """Whether `text` speaks of food."""
        return self.meals.search(text) is not None

    def says_no_more(self, text: str) -> bool:
        """我要投诉: what happened is yet to be told."""
        return self.bare.fullmatch(text.strip(" ,.!?。，！？")) is not None

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Reads the data folder; a bad file raises DataFileError."""
        return load_model(data / "complaints" / "words.yml", cls)

    @classmethod
    def own(cls) -> "Words":
        """The project's own."""
        return _own()


@cache
def _own() -> Words:
    return Words.load()
