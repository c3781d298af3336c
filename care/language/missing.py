"""Long terms that lost one syllable on the way (养老服补贴, 残疾人两项补)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from care.language.lexicon import SAID, Word
from care.language.sound import accent_free, syllables

_LONGEST = 12
"""Characters; longer terms are found only whole."""

_OWN_NAMES = ("benefit", "service", "category")
"""Kinds whose values, as they are called, are known without any one of their syllables."""

_TAILS = {
    "hukou": ("户口", "户籍"),
    "residence": ("户口", "户籍"),
    "pension": ("退休金", "养老金", "退休工资"),
    "category": ("家庭", "户", "老人", "人员"),
    "benefit": ("",),
}
"""Kinds, and how terms end that are known without a syllable inside."""

_PART_OF_TOWN = ("街道", "社区")
"""Ends of places whose names without a syllable are streets or estates elsewhere."""

_BY_SOUND = 4
"""What is left must have this many syllables to be known by sound, else it counts as written."""

_DECISIVE = frozenset("没不无别非半重全有的零〇一二两三四五六七八九十百")
"""Without one of these a term means something else, and none is another word misheard."""

Key = tuple[str, ...]


class Missing:
    """Knows what is left of long terms when one syllable is lost."""

    def __init__(self, words: Iterable[Word]) -> None:
        words = [word for word in words if word.mode == SAID]
        whole = {word.text for word in words}
        self._left: dict[Key, list[tuple[str, Word]]] = defaultdict(list)
        for word in words:
            if 4 <= len(word.text) <= _LONGEST:
                for left in _with_one_lost(word):
                    if left not in whole:
                        self._left[_key(syllables(left))].append((left, word))
        self._lengths = sorted({len(key) for key in self._left})

    def find(self, text: str, sounds: list[str]) -> Iterator[tuple[int, int, Word]]:
        """(start, end, word) of what is left of exactly one value; `sounds` are syllables."""
        accented = _key(sounds)
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                found = self._left.get(accented[start : start + length])
                if not found:
                    continue
                heard = text[start : start + length]
                meant = [word for left, word in found if _alike(heard, left)]
                if len({(word.kind, word.value) for word in meant}) == 1:
                    yield start, start + length, meant[0]


def _with_one_lost(word: Word) -> Iterator[str]:
    for gap in _gaps(word):
        if word.text[gap] not in _DECISIVE:
            yield word.text[:gap] + word.text[gap + 1 :]


def _gaps(word: Word) -> range:
    """Places in `word` whose syllable may be lost without making it another word."""
    text, length = word.text, len(word.text)
    if word.kind == "region" and not text.endswith(_PART_OF_TOWN):
        return range(length)
    if word.kind in _OWN_NAMES and text == word.value:
        return range(length)
    if word.kind == "category" and length < 5:
        return range(0)
    if text.endswith(_TAILS.get(word.kind, ())):
        return range(1, length if word.kind == "hukou" else length - 1)
    return range(0)


def _alike(heard: str, left: str) -> bool:
    if len(left) < _BY_SOUND:
        return heard == left
    changed = [sign for sign, meant in zip(heard, left, strict=True) if sign != meant]
    return len(changed) * 2 <= len(left) and _DECISIVE.isdisjoint(changed)


def _key(sounds: Iterable[str]) -> Key:
    return tuple(accent_free(sound) for sound in sounds)
