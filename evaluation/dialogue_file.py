"""The test dialogues: what is said turn by turn, and what the answer has to mean."""

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from care.data_files import load_folder, read_yaml

ROOT = Path(__file__).resolve().parent.parent / "tests" / "evaluation"
FOLDER = ROOT / "dialogues"
PHRASES = ROOT / "phrases.yml"

Words = tuple[str, ...]


class Expect(BaseModel):
    """Conditions on the replies to one turn, taken together; all of them must hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    any_of: Words = ()
    and_any_of: Words = ()
    """A second choice, independent of the first."""
    all_of: Words = ()
    none_of: Words = ()
    regex: str | None = None
    like: Words = ()
    """Names of phrases (`phrases.yml`), all of them found."""
    like_any: Words = ()
    unlike: Words = ()
    emergency: bool | None = None
    handover: bool | None = None
    alarm: bool | None = None
    """Whether an alarm reference came along."""
    ref: bool = False
    """A four-digit order reference is told."""
    sources: bool = False
    """A document is named beside the reply."""


class Turn(BaseModel):
    """One utterance, or `fill`: answers to whatever is asked, until a phrase is heard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: str | None = None
    fill: dict[str, str] | None = None
    """By what is asked for (`asks_<key>` in the phrases); nothing may be asked for twice."""
    until: str | None = None
    """A phrase's name or a regular expression that ends `fill`."""
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _one_of_both(self) -> "Turn":
        if (self.say is None) == (self.fill is None):
            raise ValueError("a turn has either 'say' or 'fill'")
        if self.fill is not None and self.until is None:
            raise ValueError("'fill' needs 'until'")
        return self


class Dialogue(BaseModel):
    """One conversation with a new caller."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    tags: Words = ()
    turns: tuple[Turn, ...]


class Phrases:
    """Named patterns for what a reply means."""

    def __init__(self, patterns: dict[str, str]) -> None:
        self._patterns = {name: re.compile(pattern) for name, pattern in patterns.items()}

    def __contains__(self, name: object) -> bool:
        return name in self._patterns

    def found(self, name: str, text: str) -> bool:
        """Whether `text` means what the phrase `name` stands for; KeyError for an unknown name."""
        return self._patterns[name].search(text) is not None


def load_dialogues(folder: Path = FOLDER) -> list[Dialogue]:
    """Every dialogue of every file; a name may occur only once."""
    return load_folder(folder, Dialogue, unique="name")


def load_phrases(path: Path = PHRASES) -> Phrases:
    """The patterns of `phrases.yml`."""
    return Phrases({str(name): str(pattern) for name, pattern in read_yaml(path).items()})
