"""`data/knowledge/words.yml`: what questions are worded with."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from care.data_files import DATA, load_model


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
    return load_model(path, Words)
