"""What a record may say where it must say one of a few things: the lists of `data/elders/`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DATA, load_models
from care.entitlements.profile import Ability, Category
from care.regions.region import Regions

_BETWEEN = re.compile(r"[、,，;；/\s]+")


class Term(BaseModel):
    """One entry of a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(min_length=1, max_length=16)
    """What is stored and shown."""
    means: str
    said: tuple[str, ...] = ()
    """Other words for it, in sheets and in speech."""
    category: Category | None = None
    ability: Ability | None = None
    sources: tuple[str, ...] = ()
    """Documents that name the group."""


class _Diet(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    value: str


@dataclass(frozen=True)
class Terms:
    """One list."""

    entries: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """In the order of the file."""
        return tuple(each.code for each in self.entries)

    def find(self, word: str) -> str | None:
        """The code of a word."""
        for each in self.entries:
            if word == each.code or word in each.said:
                return each.code
        return None

    def split(self, text: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The codes that a text names, and the words that name none."""
        words = [word for word in _BETWEEN.split(text) if word and word not in ("无", "没有")]
        known = {word: self.find(word) for word in words}
        return (
            frozenset(code for code in known.values() if code),
            tuple(word for word, code in known.items() if code is None),
        )

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """As the file lists them."""
        wanted = set(codes)
        return [code for code in self.codes if code in wanted]


@dataclass(frozen=True)
class Lists:
    """All of them, with the regions."""

    situations: Terms
    categories: Terms
    allergies: Terms
    languages: Terms
    diets: Terms
    regions: Regions

    @classmethod
    def load(cls, data: Path) -> "Lists":
        """Reads the data folder. Raises DataFileError or PlainFileError."""
        folder = data / "elders"
        diets = load_models(data / "lexicon" / "diets.yml", _Diet, "terms")
        return cls(
            situations=_terms(folder / "situations.yml"),
            categories=_terms(folder / "categories.yml"),
            allergies=_terms(folder / "allergies.yml"),
            languages=_terms(folder / "languages.yml"),
            diets=Terms(tuple(Term(code=each.value, means=each.value) for each in diets)),
            regions=Regions.load(data / "regions.yml"),
        )

    def of(self, field: str) -> Terms | None:
        """The list that a field of a record is chosen from; None for one that is written."""
        return {
            "situations": self.situations,
            "categories": self.categories,
            "allergies": self.allergies,
            "language": self.languages,
            "diet": self.diets,
        }.get(field)

    def region(self, text: str) -> str | None:
        """The deepest region that a text ends with: 阿拉善左旗巴彦浩特镇 → 巴彦浩特镇."""
        for start in range(len(text)):
            found = self.regions.find(text[start:])
            if found is not None:
                return found.name
        return None

    def regions_in(self, name: str) -> list[str]:
        """The region and all its parts, by their names."""
        return [each.name for each in self.regions if self.regions.within(each.name, name)]


@cache
def own_lists() -> Lists:
    """Those of the project's own data folder."""
    return Lists.load(DATA)


def _terms(path: Path) -> Terms:
    return Terms(tuple(load_models(path, Term)))
