"""How the words for a day are read, rule by rule (Python 3.11 only)."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from care.language import lunar
from care.language.day_parts import day_number, days_after, year_of
from care.language.numerals import amount
from care.language.solar import last_of, month_of, months_on, next_solar, solar_date

NEAR = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天", 3: "大后天"}
"""Days that have names of their own, by their distance from today."""

_RELATIVE = {
    "大前": -3,
    "前": -2,
    "昨": -1,
    "今": 0,
    "当": 0,
    "明": 1,
    "赶明": 1,
    "后": 2,
    "大后": 3,
    "外后": 3,
    "大大后": 4,
}
_WEEKDAYS = {**dict(zip("一二三四五六日", range(7), strict=True)), "天": 6, "末": 5} | {
    str(day + 1): day for day in range(6)
}
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "今": 0, "下": 1, "下下": 2}
_MONTHS = {"上个": -1, "上": -1, "这个": 0, "这": 0, "本": 0, "下个": 1, "下": 1, "下下个": 2}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "寒": 11, "腊": 12}
_LUNAR_BY_CUSTOM = {(8, 15), (5, 5), (7, 7), (7, 15), (9, 9), (2, 2), (3, 3), (6, 6), (1, 15)}
"""八月十五 without 号 is the festival; 三月二十 without 号 is an ordinary date."""

_NUMBER = r"[0-9]{1,2}|[一二三四五六七八九十廿卅两]{1,4}"
_YEAR = r"(去年|今年|明年|来年|[12一二][0-9零〇一二三四五六七八九]{3}年)"
_NUMBERED_FESTIVALS = ("五一", "十一")
_FESTIVALS = "|".join(
    name
    for name in (*lunar.LUNAR_FESTIVALS, *lunar.SOLAR_FESTIVALS, *lunar.TERMS)
    if name not in _NUMBERED_FESTIVALS
)
_FESTIVALS += r"|(?<![二三十])[五十]一(?![号日月点])"
_SHIFT = r"(?:节气?)?(前一天|头一天|前[一二两三]天|后一天|第二天|[前后]第?[一二两三四五六七]天)?"

Reading = Callable[[re.Match[str], date], date | None]


def read_by_rule(words: str, today: date) -> tuple[bool, date | None]:
    """Whether a rule knows `words`, and the day it reads in them (None: there is no such day)."""
    for pattern, reading in _RULES:
        match = pattern.search(words)
        if match:
            return True, reading(match, today)
    return False, None


def _named(match: re.Match[str], today: date) -> date | None:
    """What `say_date` said: the name of the day comes first, its number after it."""
    return today + timedelta(next(days for days, name in NEAR.items() if name == match[1]))


def _no_such_month(match: re.Match[str], today: date) -> date | None:
    return None


def _iso(match: re.Match[str], today: date) -> date | None:
    return solar_date(int(match[1]), int(match[2]), int(match[3]))


def _slashed(match: re.Match[str], today: date) -> date | None:
    return next_solar(int(match[1]), int(match[2]), today)


def _month_and_day(match: re.Match[str], today: date) -> date | None:
    said_year, calendar_name, leap, month_word, day_word, sign = match.groups()
    month = _LUNAR_MONTHS.get(month_word) or amount(month_word)
    day = day_number(day_word)
    if month is None or day is None:
        return None
    is_lunar = not (calendar_name or "").startswith(("阳", "公", "新")) and bool(
        calendar_name
        or leap
        or month_word in _LUNAR_MONTHS
        or day_word.startswith(("初", "廿"))
        or (not sign and (month, day) in _LUNAR_BY_CUSTOM)
    )
    year = year_of(said_year, today)
    if is_lunar:
        if year is None:
            return lunar.next_lunar(month, day, today, leap=bool(leap))
        return lunar.lunar_date(year, month, day, leap=bool(leap))
    return next_solar(month, day, today) if year is None else solar_date(year, month, day)


def _day_of_some_month(match: re.Match[str], today: date) -> date | None:
    ahead, day = _MONTHS[match[1]], day_number(match[2])
    if day is None:
        return None
    if match[2].startswith("初"):
        return lunar.day_of_month(day, ahead, today)
    return solar_date(*month_of(today, ahead), day)


def _part_of_month(match: re.Match[str], today: date) -> date | None:
    ahead = _MONTHS.get(match[1] or "", 0)
    if match[2].startswith("初") and not match[1] and today.day > 1:
        ahead += 1
    year, month = month_of(today, ahead)
    if match[2][0] in "底末":
        return last_of(year, month)
    return date(year, month, 1 if match[2].startswith("初") else 15)


def _festival(match: re.Match[str], today: date) -> date | None:
    year = year_of(match[1], today)
    shift = days_after(match[3])
    earliest = today - timedelta(shift)
    day = _festival_day(match[2], earliest, year)
    return day + timedelta(shift) if day else None


def _festival_day(name: str, today: date, year: int | None) -> date | None:
    if name in lunar.TERMS:
        return lunar.next_term(name, today, year=year)
    if name in lunar.SOLAR_FESTIVALS:
        month, day = lunar.SOLAR_FESTIVALS[name]
        return solar_date(year, month, day) if year else next_solar(month, day, today)
    month, day = lunar.LUNAR_FESTIVALS[name]
    return lunar.lunar_date(year, month, day) if year else lunar.next_lunar(month, day, today)


def _new_year_day(match: re.Match[str], today: date) -> date | None:
    day = amount(match[2])
    year = year_of(match[1], today)
    if day is None:
        return None
    return lunar.lunar_date(year, 1, day) if year else lunar.next_lunar(1, day, today)


def _lunar_day(match: re.Match[str], today: date) -> date | None:
    day = day_number(match[1])
    return lunar.next_day_of_month(day, today) if day and day <= 30 else None


def _weekday_of_week(match: re.Match[str], today: date) -> date | None:
    monday = today - timedelta(today.weekday())
    return monday + timedelta(_WEEKS[match[1]] * 7 + _WEEKDAYS[match[2]])


def _whole_week(match: re.Match[str], today: date) -> date | None:
    weeks = _WEEKS[match[1]]
    return today + timedelta(weeks * 7) if weeks < 0 else None


def _weekend(match: re.Match[str], today: date) -> date | None:
    return today if today.weekday() >= 5 else today + timedelta(5 - today.weekday())


def _weekday(match: re.Match[str], today: date) -> date | None:
    return today + timedelta((_WEEKDAYS[match[1]] - today.weekday()) % 7)


def _days_ahead(match: re.Match[str], today: date) -> date | None:
    number = amount(match[2])
    if not number or (match[1] == "过" and match[2] == "两" and not match[4]):
        return None  # 过两天 is "some day soon"
    if "月" in match[3]:
        return months_on(today, number)
    return today + timedelta(number * (7 if match[3].strip("个") in ("礼拜", "星期", "周") else 1))


def _half_month(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(15)


def _day_in_month(match: re.Match[str], today: date) -> date | None:
    """二十五号: this month, or the next that has such a day."""
    day = day_number(match[1] or match[0])
    if day is None or not 1 <= day <= 31:
        return None
    for ahead in range(4):
        found = solar_date(*month_of(today, ahead), day)
        if found and found >= today:
            return found
    return None


def _relative(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(_RELATIVE[match[1]])


def _end_of_year(match: re.Match[str], today: date) -> date | None:
    return date(today.year, 12, 31)


def _rule(pattern: str, reading: Reading) -> tuple[re.Pattern[str], Reading]:
    return re.compile(pattern), reading


_RULES = (
    _rule(rf"^({'|'.join(NEAR.values())}),", _named),
    _rule(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)", _iso),
    _rule(r"(?:十[三四五六七八九]|[二三四五六七八九]十.?|1[3-9]|[2-9]\d)月.", _no_such_month),
    _rule(
        rf"{_YEAR}?(农历|阴历|旧历|老历|阳历|公历|新历)?的?(闰)?"
        rf"(?<![0-9一二三四五六七八九十])(正|腊|冬|寒|十[一二]|[一二三四五六七八九十]|1[0-2]|0?[1-9])月份?的?"
        rf"(初(?:{_NUMBER})|{_NUMBER})(号|日)?",
        _month_and_day,
    ),
    _rule(
        rf"(下下个|下个|下|上个|上|这个|这|本)月的?(初(?:{_NUMBER})|(?:{_NUMBER})(?=号|日))",
        _day_of_some_month,
    ),
    _rule(r"(下个|下|上个|上|这个|这|本)?月(底|末|初|中旬|中)", _part_of_month),
    _rule(r"年底", _end_of_year),
    _rule(rf"{_YEAR}?大?年初([一二三四五六七八九十]+)", _new_year_day),
    _rule(rf"{_YEAR}?({_FESTIVALS}){_SHIFT}", _festival),
    _rule(
        r"(上上|上|这|本|今|下下|下)个?(?:周|礼拜|星期|里拜|理拜)的?([一二三四五六日天末1-6])",
        _weekday_of_week,
    ),
    _rule(r"(上上|上|这|本|下下|下)个?(?:周|礼拜|星期|里拜|理拜)", _whole_week),
    _rule(r"周末", _weekend),
    _rule(r"半个月", _half_month),
    _rule(
        rf"(过|再过)?({_NUMBER})(天|日|个?礼拜|个?星期|周|个月)(以后|之后|过后|后)?(?<!\d日)",
        _days_ahead,
    ),
    _rule(r"(?:农历|阴历|旧历|老历)的?((?:初|廿)?[一二三四五六七八九十]+)", _lunar_day),
    _rule(r"((?:初|廿)[一二三四五六七八九十]+)", _lunar_day),
    _rule(rf"({_NUMBER})(?:号|日)|^(?:{_NUMBER})$", _day_in_month),
    _rule(r"(?:周|礼拜|星期|里拜|理拜)([一二三四五六日天1-6])", _weekday),
    _rule(r"(?<!\d)(1[0-2]|0?[1-9])[-/](3[01]|[12]\d|0?[1-9])(?!\d)", _slashed),
    _rule(
        r"(大大后|大后|大前|外后|赶明|前|昨|今|明|后|当)(?:天|日|儿|个儿|朝|个|晨|(?=早|晚)|$)",
        _relative,
    ),
)
"""The first rule whose pattern is found decides, so the most specific come first."""
