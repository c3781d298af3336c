"""Calendar months, and the days on which a visit of one is due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Days:
    """From the first to the last day, both included."""

    first: date
    last: date


def first_of(day: date) -> date:
    """The month of a day, by its first day."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """Its last day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def before(month: date) -> date:
    """The month before; of January the December of the year before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def after(month: date) -> date:
    """The next one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def share(month: date, nth: int, times: int) -> Days:
    """When the `nth` of `times` visits is due: the month in equal parts, the first ones longer by
    a day where it doesn't come out even."""
    length = monthrange(month.year, month.month)[1]
    ends = [-(-length * part // times) for part in range(times + 1)]
    return Days(month.replace(day=ends[nth - 1] + 1), month.replace(day=ends[nth]))
