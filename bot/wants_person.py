"""Does the caller ask for a person? Works without the dialogue engine (promise 2)."""

import re

from care.language.sound import syllables

_WORDS = ("人工", "接线员", "话务员", "坐席", "真人", "活人", "客服")
_PHRASES = re.compile(
    r"(找|换|叫|来|转|给我接|接)(个|一个|一位|位)?(真人|活人|大活人|人|工作人员|同志|服务员)"
    r"(来)?(跟|和|同|给我(说|讲)|接|说|听|讲|问|聊|吧|$|,|。)"
)
_REFUSED = re.compile(
    r"(不用|不要|不想|别|甭|不必|先不|不|没)(给我|再|去)?"
    r"(转|找|接|要|叫|来)?(人工|个?人|真人)"
)
_ASKED_ABOUT = re.compile(r"(你|您)(是|到底是|究竟是)?不?是?(真人|人工|机器)")
_SOUND = tuple(tuple(syllables(word)) for word in ("转人工", "要人工", "找人工", "人工服务"))


def wants_person(text: str) -> bool:
    """True for 转人工, 找个人跟我说, 0 and the like, also misheard; False when it is refused."""
    if text.strip(" ,.。") in {"0", "零"}:
        return True
    if _REFUSED.search(text) or _ASKED_ABOUT.search(text):
        return False
    if any(word in text for word in _WORDS) or _PHRASES.search(text):
        return True
    heard = syllables(text)
    return any(_contains(heard, sound) for sound in _SOUND)


def without_refusal(text: str) -> str | None:
    """What is left of 不用转人工,我就问个事 without the refusal; None when nothing is refused."""
    if not _REFUSED.search(text) or _ASKED_ABOUT.search(text):
        return None
    return _REFUSED.sub("", text).strip(" ,.!?了啦吧呢")


def _contains(heard: list[str], sound: tuple[str, ...]) -> bool:
    width = len(sound)
    return any(tuple(heard[i : i + width]) == sound for i in range(len(heard) - width + 1))
