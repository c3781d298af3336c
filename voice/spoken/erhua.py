"""Words in -r: the voice has no retroflex final and would say 儿 as a syllable of its own."""

import re
from collections.abc import Mapping


def erhua_pattern(words: Mapping[str, str]) -> re.Pattern[str]:
    """Any of `words`, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def say_erhua(text: str, words: Mapping[str, str], pattern: re.Pattern[str]) -> str:
    """这儿 → 这里, 一会儿 → 一会, 老伴儿 → 老伴; 儿子 and 女儿 stay."""
    if "儿" not in text:
        return text
    before = None
    while before != text:  # 一会儿儿 leaves another 一会儿
        before, text = text, pattern.sub(lambda match: words[match[0]], text)
    return text
