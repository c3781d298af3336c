"""Dates: years digit by digit, months and days as amounts."""

import re

from voice.spoken.numbers import amount, plain_digits

_YEAR = r"(?:1[89]|20)\d\d"
_TO = r"[ ]?(?:-{1,2}|—{1,2}|~|至|到)[ ]?"
_FULL = re.compile(rf"(?<![\d.])({_YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d|[-/.]\d)")
_MONTH = re.compile(rf"(?<![\d.-])({_YEAR})-(0[1-9]|1[0-2])(?!\d|-)")
_YEARS = re.compile(rf"(?<![\d.])({_YEAR})(年?){_TO}({_YEAR})(?!\d|\.\d)(?![元人个户张家万次岁])")
_SHORT_YEARS = re.compile(rf"(?<![\d.])({_YEAR}){_TO}(\d\d)(?=年)")
_ONE_YEAR = re.compile(rf"(?<![\d.])({_YEAR})[ ]?(?=年|版|届)")
_ZERO_YEAR = re.compile(r"(?<![\d.])(\d{4})(?=年\d{1,2}月)")
_PADDED = re.compile(r"(?<![\d.:])0(\d)(?=[月日号])")
_MONTHS = re.compile(rf"(?<![\d.])(\d{{1,2}}){_TO}(\d{{1,2}})(?=月(?!以上|龄))")
_DAYS = re.compile(rf"(?<=月)[ ]?(\d{{1,2}})([日号]?){_TO}(\d{{1,2}})(?=[日号])")


def say_dates(text: str) -> str:
    """2021-06-01 → 二零二一年六月一日; 2016-2020年 → 二零一六到二零二零年."""
    text = _FULL.sub(_full, text)
    text = _MONTH.sub(lambda m: f"{plain_digits(m[1])}年{amount(m[2])}月", text)
    text = _YEARS.sub(lambda m: f"{plain_digits(m[1])}{m[2]}到{plain_digits(m[3])}", text)
    text = _SHORT_YEARS.sub(lambda m: f"{plain_digits(m[1])}到{plain_digits(m[2])}", text)
    for pattern in (_ONE_YEAR, _ZERO_YEAR):
        text = pattern.sub(lambda m: plain_digits(m[1]), text)
    text = _PADDED.sub(r"\1", text)
    text = _MONTHS.sub(lambda m: f"{_day(m[1])}到{_day(m[2])}", text)
    return _DAYS.sub(lambda m: f"{_day(m[1])}{m[2]}到{_day(m[3])}", text)


def _full(match: re.Match[str]) -> str:
    year, month, day = match[1], match[3], match[4]
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return match[0]
    return f"{plain_digits(year)}年{_day(month)}月{_day(day)}日"


def _day(number: str) -> str:
    return amount(number)
