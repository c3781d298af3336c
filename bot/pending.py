"""Yes-or-no questions that the assistant asks outside the dialogue engine."""

from typing import Literal

from care.language.sound import syllables

_LONGEST = 10
"""Syllables; a longer utterance says something of its own."""

_YES = frozenset(syllables("好行要可以对是嗯中得快需找转叫接请"))
_NO = frozenset(syllables("不没别甭算免"))
_AROUND = frozenset(
    syllables("的了啊呀吧嘛哦呗那就你您我给帮个人位工一下点来说麻烦谢事用必先啥再想")
)


def yes_or_no(text: str) -> Literal["yes", "no"] | None:
    """A plain yes or no by sound (好的,那你找吧; 不用了); None when more is said."""
    heard = [sound for sound in syllables(text) if sound.isalpha()]
    if not heard or len(heard) > _LONGEST or not set(heard) <= _YES | _NO | _AROUND:
        return None
    if _NO & set(heard):
        return "no"
    return "yes" if _YES & set(heard) else None
