"""How words sound: toneless pinyin in which accents that mix sounds up are one."""

import re
from functools import lru_cache
from typing import Any, cast

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

_FLAT = str.maketrans({"ü": "v"})
_INITIALS = re.compile(r"^(zh|ch|sh)")


def syllables(text: str, *, merge_nl: bool = False, merge_hf: bool = False) -> list[str]:
    """One toneless syllable per character of `text`; other signs stand for themselves.

    zh/z, ch/c, sh/s and the finals -ng/-n are always one sound; n/l and h/f (湖南, 四川, 福建)
    only when asked.
    """
    spoken = lazy_pinyin(text, errors=cast(Any, list), v_to_u=False)
    return [_merged(syllable, merge_nl, merge_hf) for syllable in spoken]


def sounds_like(a: str, b: str) -> float:
    """0 (nothing in common) to 1 (the same syllables)."""
    return syllables_alike(syllables(a), syllables(b))


def syllables_alike(a: list[str], b: list[str]) -> float:
    """Whole syllables and single letters weigh alike, so a near miss counts for something."""
    if a == b:
        return 1.0
    whole: float = Levenshtein.normalized_similarity(a, b)
    letters: float = Levenshtein.normalized_similarity("".join(a), "".join(b))
    return (whole + letters) / 2


@lru_cache(maxsize=8192)
def accent_free(syllable: str) -> str:
    """A merged syllable in which n/l, r/l and h/f are one sound too."""
    if len(syllable) > 1 and syllable[0] in "nr":
        return "l" + syllable[1:]
    return "f" + syllable[1:] if syllable.startswith("hu") else syllable


@lru_cache(maxsize=8192)
def _merged(syllable: str, merge_nl: bool, merge_hf: bool) -> str:
    if not syllable.isascii() or not syllable.isalpha():
        return syllable.translate(_FLAT)
    merged = _INITIALS.sub(lambda initial: initial[0][0], syllable)
    if merged.endswith("ng"):
        merged = merged[:-1]
    if merge_nl and merged.startswith("n") and len(merged) > 1:
        merged = "l" + merged[1:]
    if merge_hf and merged.startswith("h"):
        merged = "f" + merged[1:]
    return merged
