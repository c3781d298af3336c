"""Until when a meal can be ordered (截单)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from care.canteens.meals import usual_meals
from care.clock import SHANGHAI


@dataclass(frozen=True)
class Cutoff:
    """The last moment, as seen from the day on which the meal is eaten."""

    until: time
    """The last minute; what comes in during the next is too late."""
    days_before: int = 0
    """0 for the same day, 1 for the evening before."""

    def moment(self, on: date) -> datetime:
        """The last moment for the meal of that day."""
        return datetime.combine(on - timedelta(days=self.days_before), self.until, SHANGHAI)

    def is_open(self, on: date, now: datetime) -> bool:
        """Whether the meal of that day can still be ordered."""
        return now <= self.moment(on)


def usual(meal: str) -> Cutoff:
    """Where no canteen says when."""
    return Cutoff(usual_meals()[meal].until)
