"""Text in toned pinyin, and in the phonemes that the voice is fed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voice.spoken.context import by_context
from voice.spoken.form import spoken
from voice.spoken.ipa import ipa
from voice.spoken.names import surnames
from voice.spoken.readings import reading
from voice.spoken.sandhi import sandhi
from voice.spoken.syllable import Syllable, Word
from voice.spoken.words import words

_CLAUSE = re.compile(r"([^，。？！、]*)([，。？！、]?)")
_MARKS = {"，": ",", "、": ",", "。": ".", "？": "?", "！": "!"}
_LONGEST = 400
"""Characters without punctuation that are looked at together; nobody speaks so long on a breath."""


@dataclass(frozen=True)
class Clause:
    """What is said between two pauses."""

    words: tuple[Word, ...]
    mark: str
    """The sign of the pause behind it, one of ，。？！、 or nothing."""


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of any text, spoken already or not."""
    for match in _CLAUSE.finditer(spoken(text)):
        clause, mark = match.groups()
        pieces = [clause[at : at + _LONGEST] for at in range(0, len(clause), _LONGEST)]
        for piece in pieces:
            yield Clause(tuple(sandhi(_readings(piece))), mark if piece is pieces[-1] else "")


def pinyins(text: str) -> list[Syllable]:
    """Every syllable of `text`, with its tone as it sounds after sandhi."""
    return [said for clause in clauses(text) for word in clause.words for said in word]


def phonemes(text: str) -> str:
    """`text` in Kokoro's IPA: words apart, pauses as , . ? !"""
    parts = [
        " ".join("".join(ipa(said.pinyin) for said in word) for word in clause.words)
        + _MARKS.get(clause.mark, "")
        for clause in clauses(text)
    ]
    return " ".join(part for part in parts if part)


def _readings(clause: str) -> list[Word]:
    names = {
        start + offset: said
        for start, found in surnames(clause)
        for offset, said in enumerate(found)
    }
    read: list[Word] = []
    position = 0
    for word in words(clause):
        said = list(reading(word))
        if len(said) == len(word):
            said = [names.get(position + at, syllable) for at, syllable in enumerate(said)]
            if len(word) == 1 and position not in names:
                said = [by_context(clause, position, said[0])]
        if said:
            read.append(tuple(said))
        position += len(word)
    return read
