"""What is only known while a dialogue runs: references, telephone numbers, dates from today."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from zlib import crc32

from lunar_python import Lunar, Solar

FESTIVALS = (
    ("元宵节", 1, 15),
    ("端午节", 5, 5),
    ("七月十五", 7, 15),
    ("中秋节", 8, 15),
    ("重阳节", 9, 9),
    ("十月初一", 10, 1),
    ("腊八", 12, 8),
    ("腊月二十三", 12, 23),
)
"""Lunar days that are booked for; one of the coming weeks is taken."""

SOLAR_TERMS = ("冬至", "清明", "立夏", "夏至", "立秋", "立冬", "立春")

_FIELD = re.compile(r"\{(\w+)(?::([+\d]+))?(?::(\d))?\}")
_REFERENCE = re.compile(r"(?:单号|订单号|编号|号码|取餐号|号)\D{0,6}?(\d(?:\s?\d){3})(?!\d)")
_SPOKEN_REFERENCE = re.compile(
    r"(?:单号|订单号|编号|号码|号)[^零幺一二三四五六七八九]{0,6}([零幺一二三四五六七八九]{4})"
)
_SPOKEN = "零幺二三四五六七八九"


class MissingReferenceError(LookupError):
    """The dialogue wants to name an order reference, but no reply has told one."""


class Placeholders:
    """Fills `{…}` in what is said and expected, for one dialogue on one day."""

    def __init__(self, name: str, today: date) -> None:
        """`name` of the dialogue makes its telephone number; `today` in Asia/Shanghai."""
        self._today = today
        self.phone = f"139{crc32(name.encode()) % 10**8:08d}"
        self.ref: str | None = None
        """The last order reference that a reply told."""

    def fill(self, text: str) -> str:
        """`text` with every placeholder replaced; raises `MissingReferenceError` or `KeyError`."""
        return _FIELD.sub(lambda found: self._value(found[1], found[2], found[3]), text)

    def capture(self, reply: str) -> bool:
        """Remembers an order reference in `reply`; tells whether there was one."""
        if found := _REFERENCE.search(reply):
            self.ref = re.sub(r"\s", "", found[1])
        elif found := _SPOKEN_REFERENCE.search(reply):
            self.ref = "".join(str(_digit(sign)) for sign in found[1])
        return found is not None

    def _value(self, name: str, number: str | None, weekday: str | None) -> str:
        days = int(number or 0)
        values: dict[str, Callable[[], str]] = {
            "ref": self._known_ref,
            "ref_spoken": lambda: spoken(self._known_ref()),
            "phone": lambda: self.phone,
            "phone_spoken": lambda: spoken(self.phone),
            "date": lambda: written(self._today + timedelta(days=days)),
            "weekday": lambda: written(self._weekday(days, int(weekday or 1))),
            "lunar": lambda: lunar(self._today + timedelta(days=days)),
            "lunar_said": lambda: "农历" + lunar(self._today + timedelta(days=days)),
            "festival": lambda: self._festival()[0],
            "festival_date": lambda: written(self._festival()[1]),
        }
        return values[name]()

    def _known_ref(self) -> str:
        if self.ref is None:
            raise MissingReferenceError("no reply has told an order reference")
        return self.ref

    def _weekday(self, weeks: int, weekday: int) -> date:
        """Monday is 1; weeks from Monday to Sunday, this one is 0."""
        monday = self._today - timedelta(days=self._today.weekday())
        return monday + timedelta(days=7 * weeks + weekday - 1)

    def _festival(self) -> tuple[str, date]:
        """The next lunar day or solar term at least two days off: name and date."""
        coming = [(day, name) for name, day in _days(self._today) if day > self._today]
        day, name = min((day, name) for day, name in coming if (day - self._today).days >= 2)
        return name, day


def written(day: date) -> str:
    """As replies say a date: 11月23号."""
    return f"{day.month}月{day.day}号"


def lunar(day: date) -> str:
    """As people say a lunar date: 十月十三, 腊月二十三."""
    moon = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"{moon.getMonthInChinese()}月{moon.getDayInChinese()}"


def spoken(digits: str) -> str:
    """Digit by digit, 1 as 幺."""
    return "".join(_SPOKEN[int(digit)] for digit in digits)


def _digit(sign: str) -> int:
    return 1 if sign == "一" else _SPOKEN.index(sign)


def _days(today: date) -> list[tuple[str, date]]:
    year = Solar.fromYmd(today.year, today.month, today.day).getLunar().getYear()
    return [*_days_of(year), *_days_of(year + 1)]


@cache
def _days_of(year: int) -> list[tuple[str, date]]:
    """Of a lunar year."""
    terms = Lunar.fromYmd(year, 6, 1).getJieQiTable()
    return [
        *((name, _to_date(Lunar.fromYmd(year, *day).getSolar())) for name, *day in FESTIVALS),
        *((name, _to_date(terms[name])) for name in SOLAR_TERMS),
    ]


def _to_date(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
