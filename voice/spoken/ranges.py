"""From … to: 60-69岁 → 60到69岁, 零下 for a temperature below zero, 杠 where it is no range."""

import re

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = (
    r"(?:%|‰|℃|°C?|个?月|小时|分钟|平方米|公里|平米|级以上|[A-Za-zμ²]{1,4}|"
    "[年日号点时岁元万天级楼层次人个户张家倍米块份度名位周片粒颗期条])"
)
_TO = r"[ ]?(?:-{1,2}|—{1,2}|~)[ ]?"
_SPAN = re.compile(rf"(?<![\d.:])({_NUMBER})({_UNIT}{{0,3}}?){_TO}(?=({_NUMBER}))")
_ONES = "一二三四五六七八九十零两百千万"
_CHINESE_SPAN = re.compile(rf"(?<=[{_ONES}半月日号点年分]){_TO}(?=[{_ONES}]|[早中晚上下]|凌晨|\d)")
_DAY = "[一二三四五六日天]"
_WEEK = "(?:周|星期|礼拜)"
_DAY_SPAN = re.compile(rf"({_WEEK}{_DAY}){_TO}(?={_WEEK}?{_DAY})")
_COLD = re.compile(
    rf"(?<![\w.])-[ ]?(?={_NUMBER}[ ]?"
    rf"(?:(?:℃|°C?)?[ ]?[~—至到-]{{1,2}}-?{_NUMBER}[ ]?)?(?:℃|°|度))"
)
_COLD_TO = re.compile(rf"(?<=[到至])-[ ]?(?={_NUMBER}[ ]?(?:℃|°|度))")
_NEGATIVE = re.compile(r"(?<![\w.)）%‰℃°])-(?=\d)")
_MINUS = re.compile(r"(?<=[到至])-(?=\d)")


def say_ranges(text: str) -> str:
    """A dash between numbers is 到; one in front of a number is 负 or 零下."""
    for pattern, word in ((_COLD, "零下"), (_COLD_TO, "零下"), (_NEGATIVE, "负"), (_MINUS, "负")):
        text = pattern.sub(word, text)
    text = _SPAN.sub(_joined, text)
    text = _DAY_SPAN.sub(r"\1到", text)
    return _CHINESE_SPAN.sub("到", text)


def _joined(match: re.Match[str]) -> str:
    """到 where the second number is not the smaller one, else a mere stroke (100-1)."""
    rising = match[2] or float(match[1]) <= float(match[3])
    return f"{match[1]}{match[2]}{'到' if rising else '杠'}"
