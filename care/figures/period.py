"""The stretch of time that figures are about: a day, a week or half a year, and its steps."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from sqlalchemy import ColumnElement, Integer, Label, and_, case, literal
from sqlalchemy.orm import InstrumentedAttribute

from care.clock import SHANGHAI

_DAYS = "一二三四五六日"
_Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
_HALF = 6
"""Months."""


class Span(str, Enum):
    """How long."""

    DAY = "day"
    """From midnight, in hours."""
    WEEK = "week"
    """From Monday, in days."""
    HALF_YEAR = "half-year"
    """From the first of January or July, in months."""


@dataclass(frozen=True)
class Step:
    """One column of a chart."""

    since: datetime
    label: str


@dataclass(frozen=True)
class Period:
    """From `since` until before `until`."""

    span: Span
    on: date
    """The first day."""
    title: str
    steps: tuple[Step, ...]
    until: datetime

    @property
    def since(self) -> datetime:
        """Midnight of the first day."""
        return self.steps[0].since

    @property
    def before(self) -> date:
        """A day in the period that ends where this one begins."""
        return self.on - timedelta(days=1)

    @property
    def after(self) -> date:
        """The first day of the period that follows."""
        return self.until.date()

    def holds(self, column: _Moment) -> ColumnElement[bool]:
        """That a moment lies in the period."""
        return and_(column >= self.since, column < self.until)

    def step_of(self, column: _Moment) -> Label[int]:
        """Number of the step that a moment of the period lies in, from 0.

        Compares moments, for the databases have no function in common that knows of zones. It has
        a name, by which rows can be grouped: written twice it would be two expressions.
        """
        ends = [(column < step.since, number) for number, step in enumerate(self.steps[1:])]
        return case(*ends, else_=literal(len(self.steps) - 1, Integer)).label("step")


def period(span: Span, on: date) -> Period:
    """The day, the week or the half-year that `on` lies in."""
    return {Span.DAY: _day, Span.WEEK: _week, Span.HALF_YEAR: _half_year}[span](on)


def _day(on: date) -> Period:
    steps = tuple(
        Step(_midnight(on).replace(hour=hour), f"{hour}时") for hour in range(24)
    )  # no clock has been changed in China since 1991
    title = f"{on.year}年{on.month}月{on.day}日 星期{_DAYS[on.weekday()]}"
    return Period(Span.DAY, on, title, steps, _midnight(on + timedelta(days=1)))


def _week(on: date) -> Period:
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    steps = tuple(
        Step(_midnight(day), f"周{_DAYS[day.weekday()]} {day.month}/{day.day}") for day in days
    )
    last = days[-1]
    title = f"{monday.year}年{monday.month}月{monday.day}日至{last.month}月{last.day}日"
    return Period(Span.WEEK, monday, title, steps, _midnight(monday + timedelta(days=7)))


def _half_year(on: date) -> Period:
    first = 1 if on.month <= _HALF else _HALF + 1
    months = range(first, first + _HALF)
    steps = tuple(Step(_midnight(date(on.year, month, 1)), f"{month}月") for month in months)
    title = f"{on.year}年{'上' if first == 1 else '下'}半年"
    end = date(on.year, _HALF + 1, 1) if first == 1 else date(on.year + 1, 1, 1)
    return Period(Span.HALF_YEAR, date(on.year, first, 1), title, steps, _midnight(end))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
