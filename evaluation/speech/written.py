"""What of a text is compared: its characters, strictly or not, and its syllables."""

import re

from voice.spoken.form import spoken
from voice.spoken.phonemes import pinyins

_SIGN = re.compile(r"[^\u3400-\u9fff]")
_SAME = (
    "他她它",
    "的地得",
    "做作",
    "吗嘛",
    "哎唉诶",
    "哦噢喔",
    "嗯恩",
    "象像",
    "帐账",
    "零〇",
    "幺一",
)
"""Characters of one sound (幺 and 一: of one digit) that mean the same to whoever acts on them."""
_FOLD = str.maketrans({sign: same[0] for same in _SAME for sign in same[1:]})


def characters(text: str) -> str:
    """The Chinese characters of `text` in its spoken form: what a voice says of it."""
    return _SIGN.sub("", spoken(text))


def folded(text: str) -> str:
    """`text` with characters made one that sound alike and mean the same."""
    return text.translate(_FOLD)


def syllables(text: str) -> list[str]:
    """The toneless syllables of `text`."""
    return [syllable.sound for syllable in pinyins(text)]
