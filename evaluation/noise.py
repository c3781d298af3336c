"""A simulated recogniser: what a machine writes down when an old person speaks.

No punctuation, a blank between words, homophones, southern sounds, and a syllable lost here and
there. Digits, spoken digits and negations always stay: losing one changes what was asked for, and
no understanding could bring it back.
"""

import random
import re
from dataclasses import dataclass
from functools import cache

import jionlp

from evaluation.homophones import Candidate, Homophones, common_homophones, syllables

DIGITS = "0123456789零〇一二两三四五六七八九十百千万幺俩仨"
NEGATIONS = "不没别无非未勿莫甭"
KEPT = frozenset(DIGITS + NEGATIONS)

TYPICAL = {
    "高龄津贴": ("高领津贴", "高岭津贴"),
    "高龄补贴": ("高领补贴", "高龄补帖"),
    "养老": ("氧老",),
    "助餐": ("住餐", "祝餐"),
    "助浴": ("住浴", "助域"),
    "助洁": ("住洁", "助结"),
    "摔倒": ("率倒", "帅到"),
    "低保": ("底保", "抵保"),
    "护理": ("互理", "户里"),
    "适老化": ("是老化", "试老化"),
    "嘎查": ("噶查", "嘎茶"),
    "苏木": ("素木", "苏目"),
    "补贴": ("补帖",),
    "保洁": ("保节", "报结"),
    "订饭": ("定饭",),
    "陪诊": ("陪枕", "培诊"),
    "喘息": ("传习",),
    "失能": ("师能", "是能"),
    "晌午": ("赏午",),
    "探访": ("探房", "谈访"),
    "软食": ("软实",),
    "煤气": ("霉气", "每期"),
}
"""Mistakes that recognisers really make with the words of this field."""

_NOT_SAID = re.compile(r"[^\w]|_")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_WORD = 4


@dataclass(frozen=True)
class Rates:
    """How bad the recogniser is; every rate is a share between 0 and 1."""

    homophone: float = 0.12
    """Of characters."""

    merged: float = 0.02
    """Of characters, said with a southern sound."""

    typical: float = 0.3
    """Of the words in `TYPICAL`."""

    dropped: float = 0.03
    """Of syllables; never more than one in eight of an utterance."""


DEFAULT = Rates()


def corrupt(text: str, rng: random.Random, rates: Rates = DEFAULT) -> str:
    """`text` as the recogniser writes it; the same `rng` state gives the same result."""
    written = "".join(_heard(word, rng, rates) for word in _words(_NOT_SAID.sub("", text)))
    return " ".join(_words(_with_losses(written, rng, rates)))


def _heard(word: str, rng: random.Random, rates: Rates) -> str:
    """One word of what was said; a word of the field is mistaken as a whole, or not at all."""
    if word in TYPICAL:
        return rng.choice(TYPICAL[word]) if rng.random() < rates.typical else word
    homophones = common_homophones()
    sounds = syllables(word)
    return "".join(
        _character(character, sound, homophones, rng, rates)
        for character, sound in zip(word, sounds, strict=True)
    )


def _character(
    character: str, sound: str, homophones: Homophones, rng: random.Random, rates: Rates
) -> str:
    chance = rng.random()
    if character in KEPT or not _CJK.match(character):
        return character
    candidates: list[Candidate] = []
    if chance < rates.homophone:
        candidates = homophones.same_sound(character, sound)
    elif chance < rates.homophone + rates.merged:
        candidates = homophones.merged_sound(character, sound)
    candidates = [candidate for candidate in candidates if candidate.character not in KEPT]
    if not candidates:
        return character
    weights = [candidate.count for candidate in candidates]
    return rng.choices(candidates, weights)[0].character


def _with_losses(text: str, rng: random.Random, rates: Rates) -> str:
    droppable = [place for place, sign in enumerate(text) if _CJK.match(sign) and sign not in KEPT]
    lost = [place for place in droppable if rng.random() < rates.dropped]
    most = len(text) // 8
    if len(lost) > most:
        lost = rng.sample(lost, most)
    return "".join(sign for place, sign in enumerate(text) if place not in lost)


def _words(text: str) -> list[str]:
    """Longest known words first, from the left; runs of latin letters and digits stay whole."""
    words = []
    place = 0
    while place < len(text):
        size = _word_size(text, place)
        words.append(text[place : place + size])
        place += size
    return words


def _word_size(text: str, place: int) -> int:
    if not _CJK.match(text[place]):
        rest = _CJK.search(text, place)
        return (rest.start() if rest else len(text)) - place
    for size in range(_LONGEST_WORD, 1, -1):
        piece = text[place : place + size]
        if len(piece) == size and (piece in TYPICAL or piece in _vocabulary()):
            return size
    return 1


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for word in jionlp.idf_loader() if 1 < len(word) <= _LONGEST_WORD)
