"""Sounds of characters, coarse enough that a recogniser's homophone keeps its meaning.

`care.language.sound` reads a text once, the likeliest way. Here every reading of a character
counts (率 is lü and shuai), because a missed emergency costs more than a chance resemblance.
"""

from functools import lru_cache

from pypinyin import Style, pinyin

from care.language.sound import syllables


@lru_cache(maxsize=8192)
def sounds_of(character: str) -> tuple[str, ...]:
    """Every reading of one character, folded as `care.language.sound` folds (zh/z, -ng/-n);
    () for what has none (digits, latin, emoji)."""
    if not "㐀" <= character <= "鿿":
        return ()
    readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(fold(each) for row in readings for each in row))


def sounds_in(phrase: str) -> list[str]:
    """The folded reading of each character as it is read inside `phrase`; what has no reading
    stands for itself."""
    return syllables(phrase)


def fold(syllable: str) -> str:
    """One toneless syllable without the contrasts that recognisers and many elders lose."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    return syllable[:-1] if syllable.endswith("ng") else syllable
