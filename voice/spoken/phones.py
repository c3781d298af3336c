"""Telephone numbers: 幺 for 1, in groups with a short pause (、) between."""

import re

from voice.spoken.measures import NOT_CALLED
from voice.spoken.numbers import called_digits

_GAP = r"[ -]?"
_EDGE_BEFORE = r"(?<![\d.A-Za-z])"
_EDGE_AFTER = r"(?!\d|\.\d|[ ]?(?:[万亿]?[元块]|[个人户]))"
_COUNTRY = re.compile(r"(?:\+|00)86[ -]?(?=1[3-9]\d|0?\d{2,3}[ -])")
_MASKED = re.compile(rf"{_EDGE_BEFORE}(\d{{2,4}})(\*{{2,8}})(\d{{2,4}}){_EDGE_AFTER}")
_MOBILE = re.compile(rf"{_EDGE_BEFORE}(1[3-9]\d){_GAP}(\d{{4}}){_GAP}(\d{{4}}){_EDGE_AFTER}")
_SERVICE = re.compile(rf"{_EDGE_BEFORE}([48]00){_GAP}(\d{{3}}){_GAP}(\d{{4}}){_EDGE_AFTER}")
_AREA = r"(0(?:10|2\d|[3-9]\d\d))"
_LANDLINE = re.compile(
    rf"{_EDGE_BEFORE}[(（]?{_AREA}[)）]?[ -]?([1-9]\d{{2,3}})[ -]?(\d{{4}}){_EDGE_AFTER}"
)
_ABROAD = re.compile(r"(?<=八六、)(10|2\d|[3-9]\d\d)[ -]?([1-9]\d{2,3})[ -]?(\d{4})(?!\d)")
_LOCAL = re.compile(rf"{_EDGE_BEFORE}([2-9]\d{{2,3}})(\d{{4}}){NOT_CALLED}")
_CALLED = re.compile(
    r"((?:电话|号码|座机|热线|打|拨)[是为：:]?[ ]?)([2-9]\d{2,3})[ -](\d{4})(?![\d元次])"
)
_COUNTED = r"(?<![共约近超满第/:.*×·\-~—到至\d])(?<!超过)(?<!达到)(?<!不少于)(?<!不低于)(?<!至少)"
_FIVE = re.compile(rf"{_COUNTED}(12[1-9]\d\d|9[56]\d{{3,4}}|100(?:00|1\d|[018]6)){NOT_CALLED}")
_THREE = re.compile(rf"{_COUNTED}(11[0-49]|12[0-2])(?!\d){NOT_CALLED}")
_EXTENSION = re.compile(r"(?<=[一-鿿])(转|分机)[ ]?(\d{1,5})(?!\d|[个人次元])")


def say_phones(text: str) -> str:
    """13800001234 → 幺三八、零零零零、幺二三四; 12349 → 幺二三四九; landlines in groups."""
    text = _COUNTRY.sub("加八六、", text)
    text = _MASKED.sub(_masked, text)
    text = _CALLED.sub(lambda m: f"{m[1]}{called_digits(m[2])}、{called_digits(m[3])}", text)
    for pattern in (_MOBILE, _SERVICE, _LANDLINE, _ABROAD, _LOCAL):
        text = pattern.sub(_grouped, text)
    text = _EXTENSION.sub(lambda m: m[1] + called_digits(m[2]), text)
    for pattern in (_FIVE, _THREE):
        text = pattern.sub(lambda m: called_digits(m[1]), text)
    return text


def _masked(match: re.Match[str]) -> str:
    """138****1234: the signs in the middle are counted, not left out."""
    stars = "零一两三四五六七八"[len(match[2])]
    return f"{called_digits(match[1])}、{stars}个星号、{called_digits(match[3])}"


def _grouped(match: re.Match[str]) -> str:
    return "、".join(map(called_digits, match.groups()))
