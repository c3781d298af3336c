"""Days of the common calendar by their numbers, as `care.language.lunar` has them for the old one
(Python 3.11 only)."""

import calendar
from datetime import date

_FAR = 9
"""Years in which 29 February comes at least once, also around 2100."""


def solar_date(year: int, month: int, day: int) -> date | None:
    """None: there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_solar(month: int, day: int, today: date) -> date | None:
    """The first such day from today on. None: there is none."""
    found = (solar_date(year, month, day) for year in range(today.year, today.year + _FAR))
    return next((each for each in found if each and each >= today), None)


def month_of(today: date, ahead: int) -> tuple[int, int]:
    """Year and month, so many months from this one; negative ones are behind."""
    months = today.year * 12 + today.month - 1 + ahead
    return months // 12, months % 12 + 1


def last_of(year: int, month: int) -> date:
    """The month's last day."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_on(today: date, months: int) -> date:
    """The same day so many months on, or the last of a month that is too short."""
    last = last_of(*month_of(today, months))
    return last.replace(day=min(today.day, last.day))
