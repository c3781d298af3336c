"""A data file of sentences for people: each by its name, with the values that it may hold."""

from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import DATA, load_model, placeholders

Places = Mapping[str, Set[str]]
"""Names of sentences, and the placeholders that each may use."""


class SentenceFile(BaseModel):
    """Subclasses name the file, the sentences as fields, and the placeholders."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: ClassVar[str]
    """Its path in the data folder."""
    places: ClassVar[Places]
    usual: ClassVar[Set[str]] = frozenset()
    """The placeholders of a sentence that isn't in `places`."""

    @model_validator(mode="after")
    def _placeholders_are_known(self) -> Self:
        for name, sentence in self:
            if unknown := placeholders(sentence) - self.places.get(name, self.usual):
                raise ValueError(f"{name}: unknown placeholder {{{min(unknown)}}}")
        return self

    @classmethod
    def load(cls, data: Path = DATA) -> Self:
        """Reads the data folder; a bad file raises DataFileError."""
        return load_model(data / cls.file, cls)

    @classmethod
    def say(cls, kind: str, /, **details: object) -> str:
        """The project's own sentence `kind` (a field) with its details put in."""
        text: str = getattr(_own(cls), kind)
        return text.format(**details)


@cache
def _own(file: type[SentenceFile]) -> SentenceFile:
    return file.load()
