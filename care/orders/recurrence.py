"""On which days a standing order comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from care.language.lunar import lunar_day
from care.orders.festivals import Festivals

Kind = Literal["weekdays", "workdays", "every", "monthly", "lunar"]
_BOUNDS: dict[Kind, tuple[int, int]] = {
    "weekdays": (0, 6),
    "every": (2, 60),
    "monthly": (1, 31),
    "lunar": (1, 30),
}
"""What the numbers of each kind may be."""


@dataclass(frozen=True)
class Pattern:
    """Which days of the calendar; raises ValueError for what no calendar has."""

    kind: Kind
    """weekdays: 0 Monday to 6 Sunday. workdays: Monday to Friday that are no festival. every: each
    so many days, counted from the first. monthly and lunar: days of the month; a month without
    them is skipped, and a leap month has them as any other."""
    numbers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"'{self.kind}' is no kind of pattern: {', '.join(get_args(Kind))}")
        if self.kind == "workdays":
            if self.numbers:
                raise ValueError("workdays have no numbers")
            return
        least, most = _BOUNDS[self.kind]
        if not self.numbers or not all(least <= each <= most for each in self.numbers):
            raise ValueError(f"{self.kind} has one or more numbers from {least} to {most}")
        if tuple(sorted(set(self.numbers))) != self.numbers:
            raise ValueError(f"the numbers of {self.kind} are in order, and none is there twice")
        if self.kind == "every" and len(self.numbers) != 1:
            raise ValueError("every has one number")

    @classmethod
    def parse(cls, text: str) -> "Pattern":
        """What `str` of a pattern gave. Raises ValueError."""
        kind, _, numbers = text.partition(":")
        return cls(kind, tuple(int(each) for each in numbers.split(",") if each))  # type: ignore[arg-type]

    def __str__(self) -> str:
        """As tables keep it: weekdays:0,2,4."""
        return f"{self.kind}:{','.join(map(str, self.numbers))}" if self.numbers else self.kind

    def falls_on(self, day: date, begins: date) -> bool:
        """Whether a series that begins on `begins` comes on this day."""
        if day < begins:
            return False
        match self.kind:
            case "weekdays":
                return day.weekday() in self.numbers
            case "workdays":
                return day.weekday() < 5 and Festivals.own().on(day) is None
            case "every":
                return (day - begins).days % self.numbers[0] == 0
            case "monthly":
                return day.day in self.numbers
            case "lunar":
                return lunar_day(day) in self.numbers


_YEAR = timedelta(days=366)
DAILY = Pattern("weekdays", (0, 1, 2, 3, 4, 5, 6))


def first_day(pattern: Pattern, earliest: date) -> date | None:
    """The first day of a series that is to begin on `earliest` or soon after."""
    return next(days(pattern, earliest, earliest, earliest + _YEAR), None)


def days(pattern: Pattern, begins: date, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`, both included."""
    day = first
    while day <= last:
        if pattern.falls_on(day, begins):
            yield day
        day += timedelta(days=1)
