"""Chinese numerals, as amounts (八十三) and as digits said one by one (幺三八)."""

import re

DIGIT_OF = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **{"两": 2, "幺": 1, "○": 0, "貳": 2, "參": 3, "陸": 6, "兩": 2, "么": 1},
}
"""A single digit by its sign."""

PAIR_OF = {"俩": 2, "仨": 3}
"""Two and three of something, said as one syllable."""

_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIAD = {"万": 10_000}
_ODD_AND = re.compile(r"(?<=[十百])[有又](?=[一二三四五六七八九])")

AMOUNT = r"(?:\d{1,5}|[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾]+)"
"""Pattern of an amount; `amount()` tells whether it is one."""


def amount(words: str) -> int | None:
    """The number that `words` names, or None (八九十 and 三五 name none).

    八十三, 八十有三, 一百零五, 两千三, 83 and the digits 五零一 are understood.
    """
    if not words:
        return None
    if words.isascii():
        return int(words) if words.isdigit() else None
    if words in PAIR_OF:
        return PAIR_OF[words]
    words = _ODD_AND.sub("零", words)
    if not any(sign in _UNITS or sign in _MYRIAD for sign in words):
        return _digits_as_amount(words)
    return _with_units(words)


def digits(words: str) -> str | None:
    """The digits of 幺三八零 or 138零, one sign each; None when another sign is among them."""
    if not words or any(sign not in DIGIT_OF for sign in words):
        return None
    return "".join(str(DIGIT_OF[sign]) for sign in words)


def _digits_as_amount(words: str) -> int | None:
    """八 is 8 and 五零一 is 501; 三五 or 八九 means "some", not 35."""
    said = digits(words)
    if said is None or len(said) == 2:
        return None
    return int(said)


def _with_units(words: str) -> int | None:
    total = section = 0
    pending: int | None = None
    last_unit = 0
    for position, sign in enumerate(words):
        if sign in DIGIT_OF:
            if pending not in (None, 0):
                return None  # two digits side by side: 八九十
            pending = DIGIT_OF[sign]
        elif sign in _UNITS:
            unit = _UNITS[sign]
            if pending is None and (unit != 10 or (position and last_unit != 100)):
                return None
            if last_unit and unit >= last_unit:
                return None
            section += (1 if pending in (None, 0) else pending) * unit
            pending, last_unit = None, unit
        elif sign in _MYRIAD:
            section += pending or 0
            if not section or total:
                return None
            total, section, pending, last_unit = section * 10_000, 0, None, 10_000
        else:
            return None
    if pending is not None:
        short = words[-2] not in DIGIT_OF and last_unit > 10  # 两千三: the unit is left unsaid
        section += pending * (last_unit // 10 if short else 1)
    return total + section


def in_words(number: int) -> str:
    """`number` (0–9999) as it is read: 83 → 八十三, 12 → 十二, 105 → 一百零五."""
    names = "零一二三四五六七八九"
    if number < 10:
        return names[number]
    spoken, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, number = divmod(number, unit)
        if digit:
            spoken += ("零" if zero and spoken else "") + names[digit] + name
            zero = False
        else:
            zero = bool(spoken)
    if number:
        spoken += ("零" if zero else "") + names[number]
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


def digit_by_digit(number: str) -> str:
    """Digits as telephone numbers are read: 1 is 幺, so that it isn't heard as 七."""
    return "".join("零幺二三四五六七八九"[int(digit)] for digit in number)
