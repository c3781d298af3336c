"""Whether a caller is in the middle of an address, a name or a number."""

import re

from voice.turn.complete import is_complete
from voice.turn.digit_group import digits_at_end, may_be_whole, number_asked
from voice.turn.expectation import Expectation
from voice.turn.sentences import Sentences, sentences

_BEFORE_NAME = re.compile(r"^(?:我|就)?(?:叫|是|姓|免贵姓|名字(?:叫|是)?|写|登记)*")


def is_inside_digits(text: str, expectation: Expectation) -> bool:
    """Whether digits are missing for certain: 幺三八, or 三个 before the digit."""
    plain = sentences().plain(text)
    kind, group = number_asked(plain, expectation), digits_at_end(plain)
    if kind is None or group is None:
        return False
    return group.is_open or not may_be_whole(group.digits, kind)


def is_inside(text: str, expectation: Expectation) -> bool:
    """Whether more of an address, a name, a number or of the sentence is likely to come."""
    shapes = sentences()
    plain = shapes.plain(text)
    if not plain or is_complete(text, expectation):
        return False
    if number_asked(plain, expectation) is not None and digits_at_end(plain):
        return True
    if shapes.half.search(plain):
        return True  # and it doesn't end so often enough to be whole all the same
    if expectation is Expectation.ADDRESS:
        return not shapes.whole_address.search(plain)
    if expectation is Expectation.NAME:
        return len(_BEFORE_NAME.sub("", plain)) < 2
    return _is_inside_by_itself(plain, shapes)


def _is_inside_by_itself(plain: str, shapes: Sentences) -> bool:
    return bool(shapes.inside.search(plain)) and not shapes.whole_address.search(plain)
