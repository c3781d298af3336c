"""The numbers that no other rule took: amounts with 两 or 二, or digits one by one."""

import re

from voice.spoken.measures import COUNT_BEFORE, COUNTED, TWO_OF
from voice.spoken.numbers import amount, called_digits, plain_digits

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?!\.?\d)|\d+")
_VERSION = re.compile(r"(?<![\d.])\d+(?:\.\d+){2,}(?![\d.])")
_TWO = re.compile(rf"[ ]?{TWO_OF}")
_TWO_TO = re.compile(r"[ ]?(?:到|至|或|、)[ ]?\d+(?:\.\d+)?(.{1,3})", re.DOTALL)
_ORDINAL_BEFORE = re.compile(r"(?:第|表|图|附件|附录|文件|章|类型|型号|初|周|星期|农历)[ ]?$")
_COUNT_BEFORE = re.compile(rf"{COUNT_BEFORE}[ ]?$")
_AMOUNT_AFTER = re.compile(rf"[ ]?{COUNTED}")


def say_quantities(text: str) -> str:
    """2位 → 两位, 2楼 → 二楼, 42412元 → 四万二千四百一十二元, 4821 alone → 四八二幺."""
    text = _VERSION.sub(lambda m: "点".join(map(amount, m[0].split("."))), text)
    return _NUMBER.sub(_said, text)


def _said(match: re.Match[str]) -> str:
    number = match[0]
    before = match.string[max(0, match.start() - 6) : match.start()]
    after = match.string[match.end() : match.end() + 12]
    if "." in number:
        return amount(number)
    if number == "2" and _is_two_of(before, after):
        return "两"
    if len(number) > 1 and number.startswith("0"):
        return plain_digits(number) if len(number) < 4 else called_digits(number)
    if (
        len(number) < 4
        or number.endswith("00")
        or _AMOUNT_AFTER.match(after)
        or _COUNT_BEFORE.search(before)
    ):
        return amount(number)
    if len(number) == 4 and number[:2] in ("19", "20"):
        return plain_digits(number)
    return called_digits(number)


def _is_two_of(before: str, after: str) -> bool:
    if _ORDINAL_BEFORE.search(before):
        return False
    to = _TWO_TO.match(after)
    return bool(_TWO.match(to[1] if to else after))
