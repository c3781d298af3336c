"""Telephone numbers: heard digit by digit, checked, and said in groups."""

import re
from collections.abc import Iterator

from care.language.entity import Entity
from care.language.numerals import DIGIT_OF, digit_by_digit

_SAID_SO = {
    **{sign: str(digit) for sign, digit in DIGIT_OF.items()},
    **{"洞": "0", "拐": "7", "勾": "9"},
}
_MISHEARD = {
    **dict.fromkeys("要腰妖邀", "1"),
    **dict.fromkeys("灵铃领另令林", "0"),
    **dict.fromkeys("衣医依", "1"),
    **dict.fromkeys("儿而耳", "2"),
    **dict.fromkeys("山散伞", "3"),
    **dict.fromkeys("是四死寺事", "4"),
    **dict.fromkeys("无午舞", "5"),
    **dict.fromkeys("刘流留柳", "6"),
    **dict.fromkeys("期气妻器起", "7"),
    **dict.fromkeys("吧爸巴把", "8"),
    **dict.fromkeys("酒就久", "9"),
}
_TRUE = "".join(map(re.escape, _SAID_SO))
_ALL = _TRUE + "".join(_MISHEARD)
_TIMES = r"(?:[两二三四234]个[零〇一二三四五六七八九幺0-9])"
_PAUSE = r"(?:[,、.\-_ —]|那个|完了是|再|嗯|呃|啊|横?杠|转|后[面头边]是?|最后是?|接着是?|然后是?)?"
_RUN = re.compile(rf"(?:{_TIMES}|[{_TRUE}])(?:{_PAUSE}(?:{_TIMES}|[{_TRUE}])){{4,22}}")
_LOOSE_RUN = re.compile(rf"(?=([{_ALL}]{{11}}))(?<![{_TRUE}])")
_ISO_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_REPEAT = re.compile(r"([两二三四234])个(.)")
_CALLED = re.compile(
    r"(?:电话|手机|号码|座机|打|手机号|联系方式|电话号)(?:号码?|是|就是|呢|我的|那个|:|,)*$"
)
_AREA_CODE = re.compile(
    r"区号(?:是)?(0|零|洞)([0-9零〇一二三四五六七八九幺]{2,3})(?:,|然后)?(?:电话|座机|号码)?(?:号码?)?是?$"
)
_AMOUNT_UNIT = re.compile(r"^(?:块|元|年|人|万|张|个|家|户|平|%)")
_HOTLINES = {"12349", "12345", "12348", "12320", "12333", "12393", "10086", "10010", "10000"}
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}")
LOCAL = re.compile(r"[2-9]\d{6,7}")


def find_phones(text: str) -> Iterator[Entity]:
    """Runs of 7 to 13 digits, also wrong ones, so that the caller can be asked kindly."""
    misheard = list(_misheard(text))
    yield from misheard
    for match in _RUN.finditer(text):
        if _ISO_DAY.match(match[0]) or any(e.start < match.end() <= e.end for e in misheard):
            continue
        number = _digits_of(match[0])
        called = _CALLED.search(text[: match.start()])
        code = _AREA_CODE.search(text[: match.start()])
        if code and 7 <= len(number) <= 8:
            number = "0" + _digits_of(code[2]) + number
        least = 5 if called or match[0] == text else 7
        if not least <= len(number) <= 13 or number in _HOTLINES:
            continue
        if _AMOUNT_UNIT.match(text[match.end() :]) and not called:
            continue
        yield Entity("phone", number, match.start(), match.end())


def _misheard(text: str) -> Iterator[Entity]:
    """Eleven signs that begin like a mobile number and of which at most three were misheard."""
    for match in _LOOSE_RUN.finditer(text):
        signs = match[1]
        start, end = match.span(1)
        known = sum(sign in _SAID_SO for sign in signs)
        if not 8 <= known < 11 or text[end : end + 1] in _SAID_SO:
            continue
        number = "".join(_SAID_SO.get(sign) or _MISHEARD[sign] for sign in signs)
        if MOBILE.fullmatch(number):
            yield Entity("phone", number, start, end, known / 11)


def _digits_of(run: str) -> str:
    """幺三八三个零 → 138000."""

    def repeated(match: re.Match[str]) -> str:
        return match[2] * int(_SAID_SO[match[1]])

    spelled = _REPEAT.sub(repeated, run)
    return "".join(_SAID_SO[sign] for sign in spelled if sign in _SAID_SO)


def check_phone(digits: str) -> str | None:
    """What is wrong with the number, as the elder may be told; None when nothing is."""
    if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits) or LOCAL.fullmatch(digits):
        return None
    if not digits.isdigit():
        return "号码里只能有数字"
    if digits.startswith("1"):
        return _mobile_problem(len(digits) - 11)
    return "这个号码短了些" if len(digits) < 7 else "这个号码好像不对"


def _mobile_problem(surplus: int) -> str:
    if not surplus:
        return "没有这样开头的手机号"
    return f"手机号是十一位,这个{'多' if surplus > 0 else '少'}了{_words(abs(surplus))}位"


def say_phone(digits: str) -> str:
    """Digits in groups with a pause between: 幺三八,零零幺三,八零零零."""
    if len(digits) == 11 and digits.startswith("1"):
        groups = [digits[:3], digits[3:7], digits[7:]]
    elif digits.startswith("0") and len(digits) > 8:
        code = 3 if digits[1] in "12" else 4
        groups = [digits[:code], digits[code:-4], digits[-4:]]
    elif len(digits) > 4:
        groups = [digits[:-4], digits[-4:]]
    else:
        groups = [digits]
    return ",".join(digit_by_digit(group) for group in groups)


def _words(number: int) -> str:
    return "零一两三四五六七八九十"[number] if number <= 10 else "好几"
