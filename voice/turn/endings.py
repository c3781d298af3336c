"""How often sentences end the way a text does, learnt from the sentences in `data/nlu/`.

What callers say to the dialogue is known there by the thousand, so whoever adds sentences for a new
service also teaches where its callers stop speaking. Counting them takes about half a second.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from care.data_files import DATA, DataFileError
from voice.turn.sentences import said

_LONGEST = 3
"""Signs of an ending that are looked at."""

_DOUBT = 3.0
"""How many sentences an ending needs before it is believed more than the shorter one in it."""

_EXAMPLE = re.compile(r"^\s+- (?!intent:)(.+)$", re.MULTILINE)
_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


class Endings:
    """The counts: for every run of up to three signs how often it ended a sentence."""

    def __init__(self, examples: Iterable[str]) -> None:
        self._ended: Counter[str] = Counter()
        self._met: Counter[str] = Counter()
        total = signs = 0
        for example in examples:
            total, signs = total + 1, signs + len(example)
            self._met.update(
                example[max(0, at - length) : at]
                for at in range(1, len(example) + 1)
                for length in range(1, min(_LONGEST, at) + 1)
            )
            self._ended.update(
                example[-length:] for length in range(1, min(_LONGEST, len(example)) + 1)
            )
        self._usual = total / max(1, signs)

    def likely(self, text: str) -> float:
        """0–1: that a sentence is over after `text` (no blanks, no punctuation)."""
        found = self._usual
        for length in range(1, min(_LONGEST, len(text)) + 1):
            ending = text[-length:]
            found = (self._ended[ending] + _DOUBT * found) / (self._met[ending] + _DOUBT)
        return found


def examples(data: Path = DATA) -> tuple[str, ...]:
    """The sentences of `data/nlu/` without punctuation; raises DataFileError if there are none."""
    found = tuple(
        said(_ENTITY.sub(r"\1", example))
        for path in sorted((data / "nlu").rglob("*.yml"))
        for example in _EXAMPLE.findall(path.read_text("utf-8"))
    )
    if not found:
        raise DataFileError(data / "nlu", 1, "the folder holds no sentences")
    return found


@lru_cache(maxsize=2)
def endings(data: Path = DATA) -> Endings:
    """Counted once; raises DataFileError."""
    return Endings(examples(data))
