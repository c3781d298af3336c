"""Latin letters: words that people know are said as words, the rest by the letters' names."""

import re
from collections.abc import Mapping

_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_LETTER = re.compile(r"[A-Za-z]")
_SPACED = re.compile(r"(?<=[A-Za-z])[ ]+(?=[A-Za-z])")


def word_pattern(words: Mapping[str, str]) -> re.Pattern[str]:
    """Any of `words` (lower case), whole, the longest first."""
    names = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{names})(?![A-Za-z])", re.IGNORECASE)


def say_words(text: str, words: Mapping[str, str], pattern: re.Pattern[str]) -> str:
    """WeChat → 微信, App → 手机软件."""
    return pattern.sub(lambda match: words[match[0].lower()], text)


def say_letters(text: str, names: Mapping[str, str]) -> str:
    """CT → 西替; words that stand apart stay apart."""
    text = _SPACED.sub("，", text)
    return _LETTER.sub(lambda match: names[match[0].upper()], text)
