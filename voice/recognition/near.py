"""Words that sound like what was written, or differ in one syllable that is easily misheard."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from care.language.sound import accent_free, syllables

_SPLIT = re.compile(r"([bpmfdtnlgkhjqxrzcsyw]?)(.+)")

_INITIALS = ("bp", "dt", "gk", "zcs", "jqx", "zj", "cq", "sx", "mn", "gh", "kh", "w", "y")
"""Initials that the telephone's band makes alike: the same place in the mouth, another breath."""

_FINALS = (
    ("an", "en", "un", "uan"),
    ("in", "en", "ian"),
    ("ai", "ei", "ui", "e"),
    ("ao", "ou", "iao", "iu"),
    ("o", "uo", "ou", "u"),
    ("i", "v", "ie", "ue"),
    ("ia", "ian", "ie", "a"),
    ("a", "ua", "e"),
    ("uan", "van", "ian"),
    ("un", "vn", "on"),
    ("ian", "ie"),
)
"""Finals that differ little; -ng is -n already (see `care.language.sound`)."""

_SAME, _MISHEARD = 0.95, 0.8
"""Scores of a word that sounds the same, and of one with a syllable misheard."""

Key = tuple[str, ...]


class Near:
    """Finds words of at least three syllables by sound."""

    def __init__(self, terms: Iterable[str], others: Iterable[str]) -> None:
        """`terms` are found with one syllable misheard only: as long as they sound the same, the
        extractor finds them. `others` also with none."""
        self._same: dict[Key, list[str]] = defaultdict(list)
        self._gaps: dict[tuple[int, Key], list[tuple[str, str]]] = defaultdict(list)
        self._known: set[str] = set()
        for word in sorted(others):
            if len(word) >= 3:
                self._same[_sounds(word)].append(word)
        for word in sorted({*terms, *others}):
            self._known.add(word)
            sounds = _sounds(word)
            if 4 <= len(sounds) == len(word):
                for gap, sound in enumerate(sounds):
                    self._gaps[gap, _without(sounds, gap)].append((word, sound))
        lengths = {len(key) for key in self._same} | {len(key) + 1 for _, key in self._gaps}
        self._lengths = sorted(lengths, reverse=True)

    def find(self, text: str, sounds: list[str]) -> Iterator[tuple[int, str, float]]:
        """(start, word, score 0–1), longer words first; `sounds` are the syllables of `text`."""
        if len(sounds) != len(text):
            return  # latin letters run together
        heard = tuple(accent_free(sound) for sound in sounds)
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                if text[start : start + length] in self._known:
                    continue
                window = heard[start : start + length]
                for word in self._same.get(window, ()):
                    yield start, word, _SAME
                for gap in range(length):
                    for word, sound in self._gaps.get((gap, _without(window, gap)), ()):
                        if sound != window[gap] and easily_misheard(window[gap], sound):
                            yield start, word, _MISHEARD


def easily_misheard(one: str, other: str) -> bool:
    """Whether two syllables differ in an initial or a final that sounds much alike."""
    first, second = _SPLIT.fullmatch(one), _SPLIT.fullmatch(other)
    if not first or not second:
        return False
    if first[2] == second[2]:
        return _together((first[1], second[1]), _INITIALS)
    return first[1] == second[1] and _together((first[2], second[2]), _FINALS)


def _together(pair: tuple[str, str], groups: Iterable[Iterable[str]]) -> bool:
    return any(set(pair) <= set(group) for group in groups)


def _sounds(word: str) -> Key:
    return tuple(accent_free(sound) for sound in syllables(word))


def _without(sounds: Key, gap: int) -> Key:
    return sounds[:gap] + sounds[gap + 1 :]
