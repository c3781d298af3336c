"""Yes-or-no questions that the assistant asks outside the dialogue engine."""

from typing import Literal

from care.language.sound import syllables

_FILLERS = " ,.!?的了啊呀吧嘛"
_YES = (
    "要 好 行 可以 对 是 嗯 嗯嗯 中 得行 快 快点 麻烦 需要 对对 对对对 好好好 找 叫 转 要要要 "
    "是是是 那行 那好 嗯好 找一个 找个人 叫人 快叫人 帮我找 给我找 找找"
)
_NO = (
    "不 不要 不用 没有 没事 不是 算 甭 不必 先不用 别 没 不需要 不麻烦 不找 不用找 没有没有 "
    "不用不用 先不找 不用叫 别叫 没啥事"
)


def yes_or_no(text: str) -> Literal["yes", "no"] | None:
    """A plain yes or no by sound; None when the utterance says anything else."""
    heard = _sound(text)
    if heard in _NO_SOUNDS:
        return "no"
    return "yes" if heard in _YES_SOUNDS else None


def _sound(text: str) -> tuple[str, ...]:
    return tuple(syllables(text.strip(_FILLERS)))


_YES_SOUNDS = {_sound(word) for word in _YES.split()}
_NO_SOUNDS = {_sound(word) for word in _NO.split()}
