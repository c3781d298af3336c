"""Whether a caller has said all that an answer or a request must hold."""

from voice.turn.answer import is_answer
from voice.turn.digit_group import digits_at_end, is_whole, number_asked
from voice.turn.endings import endings
from voice.turn.expectation import Expectation
from voice.turn.pace_wish import pace_wish
from voice.turn.sentences import Sentences, sentences

_LEAST = 3
"""Syllables; what is shorter is whole only where it is listed."""

_LIKELY_WITH_SHAPE = 0.2
"""Share of sentences that end so, from which a question or a request is taken for whole. Measured
on sentences that were held back: half of all are known to be whole when they are; of their
beginnings one in twenty is taken for whole, often since it is."""

_LIKELY_REQUEST = 0.1
"""The same for a request: its shape includes its end."""

_LIKELY_ALONE = 0.55
"""The same without such a shape."""

_LIKELY_DESPITE = 0.5
"""The same for what looks like half a sentence: 我是银川的 ends with 的."""


def is_complete(text: str, expectation: Expectation = Expectation.ANYTHING) -> bool:
    """Whether nothing is missing, so that the answer may begin at once.

    对, 明天中午, 高龄津贴一个月多少钱 and 转人工 are complete; 我想问一下, 那个, 送到 and whatever
    ends with 的, 和, 要, 是 are not, nor is a number without its last digits. `text` is what the
    recogniser has so far, of the whole turn.
    """
    shapes = sentences()
    plain = shapes.plain(text)
    if not plain:
        return False
    if shapes.urgent.search(plain) and not shapes.half.search(plain):
        return True
    kind, group = number_asked(plain, expectation), digits_at_end(plain)
    if kind is not None and group is not None:
        return not group.is_open and is_whole(group.digits, kind)
    if is_answer(plain, expectation) or shapes.closed.fullmatch(plain):
        return True
    if pace_wish(text) is not None:
        return True
    return not shapes.inside.search(plain) and _is_sentence(plain, shapes)


def _is_sentence(plain: str, shapes: Sentences) -> bool:
    """A question, a request, or something that sounds rounded off."""
    if len(plain) < _LEAST:
        return False
    likely = endings().likely(plain)
    if likely < _LIKELY_DESPITE and shapes.half.search(plain):
        return False
    if shapes.request.search(plain):
        return likely >= _LIKELY_REQUEST
    shaped = shapes.question.search(plain) or shapes.closing.search(plain)
    return likely >= (_LIKELY_WITH_SHAPE if shaped else _LIKELY_ALONE)
