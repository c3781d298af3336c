"""How a number is read: as an amount, as digits one by one, as a year."""

from care.language.numerals import digit_by_digit, in_words

_DIGITS = "零一二三四五六七八九"
_LONGEST = 16
"""Digits of the longest amount that has a name everybody knows (千万亿)."""


def amount(number: str) -> str:
    """A whole number or a decimal as an amount: 12000 → 一万二千, 56.78 → 五十六点七八.

    More digits than anybody can take in as an amount are read one by one.
    """
    whole, _, fraction = number.partition(".")
    whole = whole.lstrip("0") or "0"
    if len(whole) > _LONGEST:
        spoken = plain_digits(whole)
    else:
        spoken = _whole(int(whole))
        if not fraction and spoken[:2] in ("二千", "二万", "二亿"):
            spoken = "两" + spoken[1:]
    return f"{spoken}点{plain_digits(fraction)}" if fraction else spoken


def plain_digits(number: str) -> str:
    """Digits as in a year or behind a decimal point: 2021 → 二零二一."""
    return "".join(_DIGITS[int(digit)] for digit in number)


def called_digits(number: str) -> str:
    """Digits as in a telephone number, where 1 is 幺."""
    return digit_by_digit(number)


def _whole(number: int) -> str:
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            if not rest:
                return _whole(head) + name
            gap = "零" if rest < size // 10 else ""
            return _whole(head) + name + gap + _inner(rest)
    return in_words(number)


def _inner(number: int) -> str:
    """Behind a larger unit ten is 一十: 一万零一十."""
    spoken = _whole(number)
    return "一" + spoken if spoken.startswith("十") else spoken
