"""The pronunciation lexicon, `data/speech/pronunciation.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, RootModel

from care.data_files import DATA, DataFileError, load_models
from voice.spoken.ipa import is_syllable
from voice.spoken.syllable import Word, syllable


def _pinyin(text: str) -> str:
    for part in text.split():
        if not is_syllable(part):
            raise ValueError(f"'{part}' is no syllable; expected pinyin with a tone, such as hao3")
    return text


def _chinese(text: str) -> str:
    if not text or any(not "\u3400" <= sign <= "\u9fff" for sign in text):
        raise ValueError(f"'{text}' is no word: expected Chinese characters only")
    return text


def _reading(text: str) -> str:
    word, _, pinyin = text.partition(" ")
    _chinese(word)
    _pinyin(pinyin)
    if len(word) != len(pinyin.split()):
        raise ValueError(f"'{word}' needs {len(word)} syllables, not '{pinyin}'")
    return text


class Reading(RootModel[Annotated[str, AfterValidator(_reading)]]):
    """How a word is read: 苏木 su1 mu4."""

    @property
    def word(self) -> str:
        """The characters."""
        return self.root.partition(" ")[0]

    @property
    def syllables(self) -> Word:
        """The syllables, one for each character."""
        return tuple(map(syllable, self.word, self.root.split()[1:]))


class Neutral(RootModel[Annotated[str, AfterValidator(_chinese)]]):
    """A word whose last syllable has no tone."""


class Surname(BaseModel):
    """How a surname is read where it is one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    surname: Annotated[str, AfterValidator(_chinese)]
    pinyin: Annotated[str, AfterValidator(_pinyin)]
    verb: bool = False
    """So common as another word that it takes more to be a name: 查医生 is none."""

    @property
    def syllables(self) -> Word:
        """The syllables, one for each character."""
        return tuple(map(syllable, self.surname, self.pinyin.split()))


@dataclass(frozen=True)
class Pronunciation:
    """Readings that win over the dictionary's."""

    words: Mapping[str, Word]
    neutral: frozenset[str]
    surnames: Mapping[str, Surname]


def load_pronunciation(path: Path) -> Pronunciation:
    """Reads the lexicon; a bad file raises DataFileError with its line."""
    words: dict[str, Word] = {}
    for key in ("words", "places"):
        for entry in load_models(path, Reading, key):
            if entry.word in words:
                raise DataFileError(path, _line(path, entry.word), f"'{entry.word}' occurs twice")
            words[entry.word] = entry.syllables
    neutral = [entry.root for entry in load_models(path, Neutral, "neutral")]
    for word in neutral:
        if word in words:
            raise DataFileError(path, _line(path, word), f"'{word}' has a reading already")
    surnames = {entry.surname: entry for entry in load_models(path, Surname, "surnames")}
    return Pronunciation(words, frozenset(neutral), surnames)


@lru_cache(maxsize=1)
def pronunciation() -> Pronunciation:
    """The project's own, read once."""
    return load_pronunciation(DATA / "speech" / "pronunciation.yml")


def _line(path: Path, word: str) -> int:
    """The last line that has the word: the one that is too many."""
    lines = path.read_text("utf-8").splitlines()
    signs = "{}:,-#"
    found = [
        number
        for number, line in enumerate(lines, 1)
        if word in line.translate(str.maketrans(signs, " " * len(signs))).split()
    ]
    return found[-1] if found else 1
