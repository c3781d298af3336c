"""Which character a recogniser may write instead of another: the same sound, and common enough."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import jionlp
from pypinyin import lazy_pinyin

PLAUSIBLE = 0.02
"""A recogniser's language model does not write a character this much rarer than the right one."""

MERGES = (
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("n", "l"),
    ("h", "f"),
)
"""Initials that southern speakers mix up, in both directions."""

FINALS = (("ing", "in"), ("eng", "en"), ("ang", "an"))
"""Finals that southern speakers mix up, in both directions."""


@dataclass(frozen=True)
class Candidate:
    """A character that sounds alike, with how often it is written in general text."""

    character: str
    count: int


class Homophones:
    """Common characters by their toneless sound."""

    def __init__(self, counts: dict[str, int]) -> None:
        """`counts`: how often each common character is written."""
        self._counts = counts
        self._by_sound: dict[str, list[Candidate]] = defaultdict(list)
        for character, count in sorted(counts.items()):
            self._by_sound[lazy_pinyin(character)[0]].append(Candidate(character, count))

    def same_sound(self, character: str, sound: str) -> list[Candidate]:
        """Plausible others with the sound that `character` has where it stands."""
        floor = self._counts.get(character, 0) * PLAUSIBLE
        return [
            candidate
            for candidate in self._by_sound.get(sound, [])
            if candidate.character != character and candidate.count >= floor
        ]

    def merged_sound(self, character: str, sound: str) -> list[Candidate]:
        """Plausible others with the sound as a southern speaker may say it."""
        return [
            candidate
            for other in mixed_up(sound)
            for candidate in self.same_sound(character, other)
        ]


def syllables(text: str) -> list[str]:
    """One toneless syllable per character; other signs stand for themselves."""
    return lazy_pinyin(text, errors=cast(Any, list))


def mixed_up(sound: str) -> list[str]:
    """The syllables that a southern speaker may say for `sound`: shi → si, ning → ling, nin."""
    found = []
    for one, other in MERGES:
        if sound.startswith(one):
            found.append(other + sound[len(one) :])
        elif sound.startswith(other) and sound[:2] not in ("zh", "ch", "sh"):
            found.append(one + sound[len(other) :])
    for one, other in FINALS:
        if sound.endswith(one):
            found.append(sound[: -len(one)] + other)
        elif sound.endswith(other):
            found.append(sound[: -len(other)] + one)
    return found


@cache
def common_homophones() -> Homophones:
    """The 3,755 characters of GB 2312 level 1, with their counts from jionlp's corpus."""
    distribution = jionlp.char_distribution_loader()
    counts = {}
    for row in range(0xB0, 0xD8):
        for column in range(0xA1, 0xFF):
            character = bytes((row, column)).decode("gb2312", errors="ignore")
            if character in distribution:
                counts[character] = int(distribution[character]["total_num"])
    return Homophones(counts)
