"""Pinyin in the phonemes that Kokoro was trained on (misaki's, version 1.0)."""

from functools import lru_cache

from misaki.zh import ZHG2P

_DROPPED = "\u032f"
"""The mark for a glide, which the model's vocabulary has not."""


@lru_cache(maxsize=4096)
def ipa(pinyin: str) -> str:
    """hao3 → xau↓; a ValueError if `pinyin` is no Mandarin syllable with a tone from 1 to 5."""
    if not pinyin or pinyin[-1] not in "12345":
        raise ValueError(f"'{pinyin}' has no tone")
    try:
        return str(ZHG2P.py2ipa(pinyin)).replace(_DROPPED, "")
    except (KeyError, AssertionError, IndexError) as error:
        raise ValueError(f"'{pinyin}' is no syllable") from error


def is_syllable(pinyin: str) -> bool:
    """Whether `ipa` knows it."""
    try:
        return bool(ipa(pinyin))
    except ValueError:
        return False
