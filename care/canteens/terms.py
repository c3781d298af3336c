"""The words that menus may use for whom a dish suits, and for what is in it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from care.data_files import DATA, load_models
from care.elders.lists import own_lists

_ANYBODY = "无忌口"
"""Somebody's word, no dish's."""


class _Diet(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    value: str
    said: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diets:
    """Diets by every word for them."""

    by_word: dict[str, str]
    names: tuple[str, ...]
    """As they are stored."""


@cache
def diets(data: Path = DATA) -> Diets:
    """Of `data/lexicon/diets.yml`: 低盐 is 少盐 there. Raises DataFileError."""
    found = [
        each
        for each in load_models(data / "lexicon" / "diets.yml", _Diet, "terms")
        if each.value != _ANYBODY
    ]
    words = {word: each.value for each in found for word in (*each.said, *each.exact, each.value)}
    return Diets(words, tuple(each.value for each in found))


def allergens() -> tuple[str, ...]:
    """Of `data/elders/allergies.yml`, in its order."""
    return own_lists().allergies.codes
