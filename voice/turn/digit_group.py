"""A number said sign by sign, in groups: 幺三八……零零幺三……那个……八零零零."""

import re
from dataclasses import dataclass

from voice.turn.expectation import Expectation

_SIGNS = dict(zip("零〇一二三四五六七八九", "00123456789", strict=True)) | {
    **{str(digit): str(digit) for digit in range(10)},
    **{"幺": "1", "两": "2", "洞": "0", "拐": "7", "勾": "9"},
}
_SIGN = f"[{''.join(_SIGNS)}]"
_TIMES = rf"[两二三四234]个{_SIGN}"
_BETWEEN = (
    r"(?:[,、.\-_ ]|嗯|呃|啊|哦|噢|那个|这个|然后是?|完了是?|接着是?|再|就是|后[面头边]是?|最后是?"
    r"|中间是?|横?杠|转)*"
)
_AT_END = re.compile(
    rf"(?<![第周])(?P<run>(?:{_TIMES}|{_SIGN})(?:{_BETWEEN}(?:{_TIMES}|{_SIGN}))*)?"
    rf"{_BETWEEN}(?P<open>[两二三四234]个|区号是?)?$"
)
_REPEAT = re.compile(r"([两二三四234])个(.)")
_TELEPHONE = re.compile(r"电话|手机|座机|号码|区号|打(?:这个)?$")
_REFERENCE = re.compile(r"单号|订单")
_DOOR = re.compile(r"[号楼栋幢元门层路街巷院座室旗县镇村][^号楼栋幢元门层路街巷院座室]{0,2}$")
"""What stands before the digits of a door."""

_LONGEST_LOCAL = 8
_LONGEST = {"0": 12, "1": 11}
"""Digits of a number with an area code, and of a mobile one."""
_REFERENCE_DIGITS = 4
_SERVICES = frozenset(("110", "114", "119", "120", "122", "12345", "12349", "10086", "10000"))


@dataclass(frozen=True)
class DigitGroup:
    """The run of digits that a text ends with, or is about to go on with."""

    digits: str
    """All that was said of the number so far, 0-9."""

    is_open: bool = False
    """Ends with 三个: the digit that comes three times is still to be said."""

    start: int = 0
    """Where in the text it begins."""


def digits_at_end(text: str) -> DigitGroup | None:
    """The digits that `text` (without blanks) ends with; hesitations may stand between."""
    match = _AT_END.search(text)
    if match is None or not (match["run"] or match["open"]):
        return None
    run = _REPEAT.sub(lambda found: found[2] * int(_SIGNS[found[1]]), match["run"] or "")
    told = "".join(_SIGNS[sign] for sign in run if sign in _SIGNS)
    return DigitGroup(told, bool(match["open"]), match.start())


def number_asked(text: str, expectation: Expectation) -> Expectation | None:
    """What number the digits at the end of `text` belong to: DIGITS of a telephone, a REFERENCE, or
    ANYTHING when it isn't said; None when they are a door, an age, an amount."""
    if expectation in {Expectation.DIGITS, Expectation.REFERENCE}:
        return expectation
    group = digits_at_end(text)
    if group is None:
        return None
    before = text[: group.start]
    if _REFERENCE.search(before):
        return Expectation.REFERENCE
    if _TELEPHONE.search(before):
        return Expectation.DIGITS
    is_door = expectation is Expectation.ADDRESS or _DOOR.search(before)
    return Expectation.ANYTHING if len(group.digits) >= 3 and not is_door else None


def is_whole(digits: str, kind: Expectation) -> bool:
    """Whether no digit is missing: eleven of a mobile number, four of a reference, 120."""
    if kind is Expectation.REFERENCE:
        return len(digits) >= _REFERENCE_DIGITS
    return digits in _SERVICES or len(digits) >= _LONGEST.get(digits[:1], _LONGEST_LOCAL)


def may_be_whole(digits: str, kind: Expectation) -> bool:
    """Whether there are such numbers, though longer ones begin alike: seven digits of a town."""
    if is_whole(digits, kind):
        return True
    if kind is Expectation.ANYTHING and len(digits) == _REFERENCE_DIGITS:
        return True  # a reference, or a year
    if kind is Expectation.REFERENCE or digits.startswith("1"):
        return False
    return len(digits) >= (10 if digits.startswith("0") else 7)
