"""Words that only show that somebody listens."""

from voice.turn.answer import is_murmur, is_yes_or_no
from voice.turn.expectation import Expectation

_LISTENING = frozenset("好对是行嗯哦噢啊哎欸的了呀呢唉")


def is_backchannel(text: str, expectation: Expectation = Expectation.ANYTHING) -> bool:
    """Whether a caller says 嗯, 哦 or 好 along with us, and wants us to go on.

    Where a yes or no is asked for, 好 and 对 are the answer, even into our sentence.
    """
    if is_murmur(text):
        return True
    if expectation is Expectation.YES_NO:
        return False
    return set(text) <= _LISTENING and is_yes_or_no(text)
