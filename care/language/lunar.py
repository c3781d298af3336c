"""The Chinese calendar: lunar days, festivals and solar terms as dates (Python 3.11 only)."""

from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, LunarMonth, LunarYear, Solar

LUNAR_FESTIVALS = {
    **dict.fromkeys(("春节", "过年"), (1, 1)),
    **dict.fromkeys(("元宵", "灯节"), (1, 15)),
    "龙抬头": (2, 2),
    **dict.fromkeys(("端午", "五月节"), (5, 5)),
    "七夕": (7, 7),
    "中元": (7, 15),
    **dict.fromkeys(("中秋", "八月节"), (8, 15)),
    **dict.fromkeys(("重阳", "老人节", "老年节", "敬老日"), (9, 9)),
    "寒衣": (10, 1),
    "腊八": (12, 8),
    "小年": (12, 23),
    **dict.fromkeys(("除夕", "大年三十", "年三十", "三十儿晚上", "大年夜"), (12, 30)),
}
"""Month and day of the lunar calendar; 小年 as in the north."""

SOLAR_FESTIVALS = {
    "元旦": (1, 1),
    **dict.fromkeys(("妇女节", "三八节"), (3, 8)),
    **dict.fromkeys(("劳动节", "五一"), (5, 1)),
    "儿童节": (6, 1),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    **dict.fromkeys(("国庆", "十一"), (10, 1)),
    "圣诞": (12, 25),
}

_TERM_NAMES = (
    "立春雨水惊蛰春分清明谷雨立夏小满芒种夏至小暑大暑"
    "立秋处暑白露秋分寒露霜降立冬小雪大雪冬至小寒大寒"
)
TERMS = frozenset(_TERM_NAMES[place : place + 2] for place in range(0, 48, 2))
"""The 24 solar terms."""

_OTHER_SPELLING = {
    "DA_XUE": "大雪",
    "DONG_ZHI": "冬至",
    "XIAO_HAN": "小寒",
    "DA_HAN": "大寒",
    "LI_CHUN": "立春",
    "YU_SHUI": "雨水",
    "JING_ZHE": "惊蛰",
}
"""lunar_python's names for the terms that lie beyond the edges of its table."""

_FURTHEST = 40
"""Years ahead that a rare day (八月三十, a leap month) is looked for."""


def lunar_date(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """A day of the lunar year `year`; None when that year has no such day.

    腊月三十 is the last day of the year also when the month has only 29 days.
    """
    if leap and LunarYear.fromYear(year).getLeapMonth() != month:
        return None
    lunar_month = LunarMonth.fromYm(year, -month if leap else month)
    if lunar_month is None:
        return None
    length = lunar_month.getDayCount()
    if month == 12 and day == 30:
        day = length
    if not 1 <= day <= length:
        return None
    return _solar(Lunar.fromYmd(year, -month if leap else month, day))


def next_lunar(month: int, day: int, today: date, *, leap: bool = False) -> date | None:
    """The first such day from `today` on."""
    first = lunar_year(today)
    for year in range(first, first + _FURTHEST):
        found = lunar_date(year, month, day, leap=leap)
        if found and found >= today:
            return found
    return None


def next_day_of_month(day: int, today: date) -> date | None:
    """The first day from `today` on that is the `day`th of a lunar month."""
    return next((d for d in _days_from(today, 120) if _lunar(d).getDay() == day), None)


def day_of_month(day: int, months_ahead: int, today: date) -> date | None:
    """The `day`th of this lunar month (0), the next (1) or the one before (-1)."""
    first = today - timedelta(_lunar(today).getDay() - 1)
    for _ in range(abs(months_ahead)):
        if months_ahead > 0:
            first += timedelta(_length_of_month(first))
        else:
            first -= timedelta(_lunar(first - timedelta(1)).getDay())
    if not 1 <= day <= _length_of_month(first):
        return None
    return first + timedelta(day - 1)


def next_term(name: str, today: date, *, year: int | None = None) -> date | None:
    """The first day from `today` on (or the one in `year`) on which the solar term falls."""
    years = (year,) if year else (today.year, today.year + 1)
    found: list[date] = []
    for each in years:
        table = Solar.fromYmd(each, 6, 1).getLunar().getJieQiTable()
        for term, moment in table.items():
            if _OTHER_SPELLING.get(term, term) == name:
                found.append(date(moment.getYear(), moment.getMonth(), moment.getDay()))
    wanted = [d for d in found if (d.year == year if year else d >= today)]
    return min(wanted, default=None)


def lunar_year(day: date) -> int:
    """The lunar year in which `day` lies: January still belongs to the old one."""
    return int(_lunar(day).getYear())


@lru_cache(maxsize=2048)
def lunar_day(day: date) -> int:
    """Which day of its lunar month it is; a leap month counts as any other."""
    return int(_lunar(day).getDay())


def _length_of_month(first: date) -> int:
    lunar = _lunar(first)
    return int(LunarMonth.fromYm(lunar.getYear(), lunar.getMonth()).getDayCount())


def _days_from(today: date, count: int) -> list[date]:
    return [today + timedelta(ahead) for ahead in range(count)]


def _lunar(day: date) -> Lunar:
    return Solar.fromYmd(day.year, day.month, day.day).getLunar()


def _solar(lunar: Lunar) -> date:
    solar = lunar.getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
