"""The reading of a word, before its neighbours change it."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

from voice.spoken.ipa import is_syllable
from voice.spoken.pronunciation import pronunciation
from voice.spoken.syllable import NEUTRAL, Syllable, Word, syllable

_FIXED = {"一": "yi1", "不": "bu4", "谁": "shei2", "杠": "gang4"}
"""The dictionary has some words after sandhi, and readings that are out of use."""

_NO_COMPLEMENT = frozenset("并也可才绝决从毫还就都又很太")


@lru_cache(maxsize=16384)
def reading(word: str) -> Word:
    """Lexicon first, then the dictionary; a character that nobody can read is left out."""
    known = pronunciation()
    if word in known.words:
        return known.words[word]
    found = _from_dictionary(word)
    if word in known.neutral:
        return (*found[:-1], found[-1].toned(NEUTRAL))
    return found


def _from_dictionary(word: str) -> Word:
    sounds = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    if len(sounds) != len(word):
        return tuple(s for sign in word for s in _single(sign))
    if len(word) == 1:
        return _single(word)
    if word[1:] and word not in phrases_dict:
        sounds = [_particle(word, at, sound) for at, sound in enumerate(sounds)]
    elif len(word) == 3 and word[1] == "不" and word[0] not in _NO_COMPLEMENT:
        sounds = [sounds[0], "bu5", sounds[2]]
    return tuple(_said(sign, sound) for sign, sound in zip(word, sounds, strict=True))


def _particle(word: str, at: int, sound: str) -> str:
    """得 and 不 between a verb and its outcome (办得好, 看不清), which no dictionary lists."""
    if word[at] == "得" and at:
        return "de5"
    if word[at] == "不" and len(word) == 3 and at == 1 and word[0] not in _NO_COMPLEMENT:
        return "bu5"
    return sound


def _single(sign: str) -> Word:
    known = pronunciation().words.get(sign)
    if known:
        return known
    sounds = lazy_pinyin(sign, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    return tuple(_said(sign, sound) for sound in sounds if is_syllable(sound))


def _said(sign: str, sound: str) -> Syllable:
    if sign in _FIXED and sound[-1] != "5":
        return syllable(sign, _FIXED[sign])
    return syllable(sign, sound if is_syllable(sound) else "en5")
