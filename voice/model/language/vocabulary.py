"""Which words can be heard: the commonest of general Chinese, and the domain's own."""

import math
import re
from collections.abc import Iterable, Mapping

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NUMERALS = re.compile(r"[零幺一二三四五六七八九十百千]{2,}")
LONGEST_TERM = 5
"""Characters; a longer term is cut into words."""

_COMMON = math.log(1e-5)


def choose(
    general: Mapping[str, float], terms: Iterable[str], sentences: Iterable[str], size: int
) -> list[str]:
    """`size` general words, then the short ones of `terms`, then every character.

    `general` gives ln p(word). Numbers are said digit by digit: 二十三 is three words.
    """
    usable = [word for word in general if _usable(word) and _is_simplified(word)]
    chosen = sorted(usable, key=lambda word: (-general[word], word))[:size]
    found = dict.fromkeys(chosen)
    for term in terms:
        if 2 <= len(term) <= LONGEST_TERM and _usable(term):
            found.setdefault(term)
    for text in sentences:
        found.update(dict.fromkeys(sign for sign in text if _usable(sign)))
    for sign in [sign for word in found for sign in word]:
        found.setdefault(sign)
    return list(found)


def chances(words: Iterable[str], general: Mapping[str, float]) -> dict[str, float]:
    """ln p for cutting text: a term that general Chinese does not know counts as a common word."""
    rare = min(general.values())
    return {word: general.get(word, rare - 3 if len(word) == 1 else _COMMON) for word in words}


def _usable(word: str) -> bool:
    """Chinese characters, and no number in one piece."""
    return bool(_HAN.fullmatch(word)) and not _NUMERALS.fullmatch(word)


def _is_simplified(word: str) -> bool:
    """GB 2312 has everyday simplified Chinese; traditional characters would be homophones."""
    try:
        word.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
