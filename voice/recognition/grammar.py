"""The grammars of the dialogue's questions, from `data/speech/hearing_grammars.yml`."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.data_files import DATA, DataFileError, load_models
from care.language.lexicon import EXACT, KINDS, SAID, load_words
from care.language.numerals import in_words
from voice.recognition.phrases import Grammar

__all__ = ["Grammar", "ages", "dates", "digits", "for_slot", "slots", "times", "yes_no"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class _Numbers(_Strict):
    """Amounts in words, with each of `after` behind them."""

    first: int = Field(alias="from", ge=0)
    last: int = Field(alias="to", le=9999)
    after: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rises(self) -> "_Numbers":
        if self.first > self.last:
            raise ValueError(f"from {self.first} to {self.last} holds no number")
        return self

    def phrases(self) -> Iterator[str]:
        for number in range(self.first, self.last + 1):
            for after in self.after:
                yield in_words(number) + after


class _Phrases(_Strict):
    id: str = Field(min_length=1)
    phrases: tuple[str, ...] = Field(min_length=1)
    numbers: tuple[_Numbers, ...] = ()
    lexicon: tuple[str, ...] = ()
    """Kinds of `care.language.lexicon`."""

    @model_validator(mode="after")
    def _kinds_are_known(self) -> "_Phrases":
        unknown = [kind for kind in self.lexicon if kind not in KINDS]
        if unknown:
            raise ValueError(f"lexicon: unknown kind {unknown[0]} (known: {', '.join(KINDS)})")
        return self


class _Slot(_Strict):
    slot: str
    grammar: str


@lru_cache(maxsize=4)
def _load(data: Path) -> tuple[dict[str, Grammar], dict[str, str]]:
    path = data / "speech" / "hearing_grammars.yml"
    words = [word for word in load_words(data) if word.mode in (SAID, EXACT)]
    grammars = {
        entry.id: Grammar(
            (
                *entry.phrases,
                *(phrase for numbers in entry.numbers for phrase in numbers.phrases()),
                *(word.text for word in words if word.kind in entry.lexicon),
            )
        )
        for entry in load_models(path, _Phrases, "grammars")
    }
    slots = {entry.slot: entry.grammar for entry in load_models(path, _Slot, "slots")}
    for slot, name in slots.items():
        if name not in grammars:
            raise DataFileError(path, 1, f"slot {slot}: there is no grammar '{name}'")
    return grammars, slots


def for_slot(name: str, data: Path = DATA) -> Grammar | None:
    """What the answer to the question after a form's slot sounds like; None: like anything.

    Raises DataFileError.
    """
    grammars, slots = _load(data)
    return grammars[slots[name]] if name in slots else None


def slots(data: Path = DATA) -> frozenset[str]:
    """The slots that have a grammar."""
    return frozenset(_load(data)[1])


def digits(data: Path = DATA) -> Grammar:
    """Telephone numbers and references, digit by digit."""
    return _load(data)[0]["digits"]


def yes_no(data: Path = DATA) -> Grammar:
    """Agreeing and refusing."""
    return _load(data)[0]["yes_no"]


def dates(data: Path = DATA) -> Grammar:
    """Days."""
    return _load(data)[0]["dates"]


def times(data: Path = DATA) -> Grammar:
    """Times of day."""
    return _load(data)[0]["times"]


def ages(data: Path = DATA) -> Grammar:
    """Ages of elders."""
    return _load(data)[0]["ages"]
