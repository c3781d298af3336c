"""Shares of a whole and pairs: 55%, 1/3, 2:8, blood pressure 140/90, signs of arithmetic."""

import re

from voice.spoken.numbers import amount

_NUMBER = r"(\d+(?:\.\d+)?)"
_FREE = r"(?<![\d.])"
_PER_CENT_TO = re.compile(rf"{_FREE}{_NUMBER}[ ]?(?:到|至)[ ]?{_NUMBER}[ ]?([%‰])")
_PER_CENT = re.compile(rf"{_FREE}{_NUMBER}[ ]?([%‰])")
_PRESSURE = re.compile(
    r"(?<![\d./])(\d{2,3})[ ]?/[ ]?(\d{2,3})(?![\d./])(?=([ ]?(?:mmHg|毫米汞柱))?)"
)
_FRACTION = re.compile(r"(?<![\d./])([1-9]\d{0,3})/([1-9]\d{0,3})(?![\d./])")
_RATIO = re.compile(rf"{_FREE}{_NUMBER}[ ]?[:∶][ ]?{_NUMBER}(?!\d)")
_SIGNS = (
    (re.compile(r"±"), "正负"),
    (re.compile(r"≥"), "大于等于"),
    (re.compile(r"≤"), "小于等于"),
    (re.compile(r"≈"), "约等于"),
    (re.compile(r"≠"), "不等于"),
    (re.compile(r"[>＞][ ]?(?=\d)"), "大于"),
    (re.compile(r"[<＜][ ]?(?=\d)"), "小于"),
    (re.compile(r"(?<=[\w)%])[ ]?\+[ ]?(?=[\w(])"), "加"),
    (re.compile(r"(?<=\d)[ ]?\+"), "以上"),
    (re.compile(r"\+[ ]?(?=\d)"), "加"),
    (re.compile(r"(?<=[\d²㎡米个张])[ ]?[×xX*][ ]?(?=\d)"), "乘"),
    (re.compile(r"(?<=\d)[ ]?÷[ ]?(?=\d)"), "除以"),
    (re.compile(r"(?<=[\w)])[ ]?=[ ]?(?=[\w(])"), "等于"),
)
_PARTS = {"%": "百分之", "‰": "千分之"}


def say_shares(text: str) -> str:
    """55% → 百分之五十五, 10到15% → 百分之十到十五, 1/3 → 三分之一, 2:8 → 二比八."""
    text = _PER_CENT_TO.sub(lambda m: f"{_PARTS[m[3]]}{_plain(m[1])}到{_plain(m[2])}", text)
    text = _PER_CENT.sub(lambda m: _PARTS[m[2]] + _plain(m[1]), text)
    text = _PRESSURE.sub(_pressure, text)
    text = _FRACTION.sub(_fraction, text)
    text = _RATIO.sub(lambda m: f"{_plain(m[1])}比{_plain(m[2])}", text)
    for pattern, word in _SIGNS:
        text = pattern.sub(word, text)
    return text


def _pressure(match: re.Match[str]) -> str:
    """Systolic over diastolic: only values that a body can have, the greater one first."""
    high, low = int(match[1]), int(match[2])
    if match[3] is None and not (70 <= high <= 260 and 40 <= low <= 160 and high > low):
        return match[0]
    return f"{_plain(match[1])}、{_plain(match[2])}"


def _fraction(match: re.Match[str]) -> str:
    above, below = match.groups()
    if int(above) < int(below):
        return f"{_plain(below)}分之{_plain(above)}"
    return f"{_plain(above)}、{_plain(below)}"


def _plain(number: str) -> str:
    return amount(number)
