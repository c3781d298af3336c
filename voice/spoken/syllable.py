"""One syllable: the character it is written with, its sound and its tone."""

from dataclasses import dataclass, replace

NEUTRAL = 5


@dataclass(frozen=True)
class Syllable:
    """A syllable of a spoken sentence."""

    sign: str
    sound: str
    """Pinyin without tone; ü is v: lv, nve."""
    tone: int
    """1–4, or 5 for neutral."""

    @property
    def pinyin(self) -> str:
        """hao3."""
        return f"{self.sound}{self.tone}"

    def toned(self, tone: int) -> "Syllable":
        """The same in another tone."""
        return replace(self, tone=tone)


Word = tuple[Syllable, ...]
"""Syllables that are said without a break."""


def syllable(sign: str, pinyin: str) -> Syllable:
    """From hao3; a syllable without a number is neutral."""
    if pinyin[-1].isdigit():
        return Syllable(sign, pinyin[:-1], int(pinyin[-1]))
    return Syllable(sign, pinyin, NEUTRAL)
