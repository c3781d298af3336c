"""`data/knowledge/words.yml`: what questions are worded with."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from care.data_files import DATA, DataFileError, read_yaml


class Words(BaseModel):
    """The words that carry no question, and those that mean the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chatter: list[str] = Field(min_length=1)
    """Phrases that are dropped wherever they stand."""

    edges: list[str]
    """Words dropped at the beginning and the end only."""

    particles: list[str]
    """Single characters dropped everywhere."""

    synonyms: dict[str, list[str]]
    """Canonical word → the words that are read as it."""

    @model_validator(mode="after")
    def _each_word_once(self) -> "Words":
        seen: set[str] = set()
        for canonical, others in self.synonyms.items():
            for word in others:
                if word in seen or word in self.synonyms:
                    raise ValueError(f"synonyms: '{word}' (under {canonical}) stands twice")
                seen.add(word)
        if any(len(particle) != 1 for particle in self.particles):
            raise ValueError("particles: expected single characters")
        return self


def load_words(path: Path = DATA / "knowledge" / "words.yml") -> Words:
    """The words.

    Raises:
        DataFileError: the file is missing or isn't as `Words` describes.
    """
    try:
        return Words.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise DataFileError(path, 1, f"{field}: {first['msg']}".removeprefix(": ")) from error
