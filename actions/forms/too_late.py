"""Whether what was read back can still be had when the yes comes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from actions.outcome import Line, line
from care.orders.check import date_problem, time_problem


@dataclass(frozen=True)
class TooLate:
    """An order that can't be placed any more as it was read back."""

    problem: Line
    values: dict[str, None]
    """The slots that have to be asked for again, emptied."""


def too_late(slots: dict[str, Any], now: datetime) -> TooLate | None:
    """Whether the day or hour went by since it was told; None while both are still possible.

    For a meal see actions.forms.meal_fit.
    """
    on = date.fromisoformat(slots["on_date"])
    problem = date_problem(on, now.date())
    if problem:
        return TooLate(line(f"utter_{problem}"), {"on_date": None})
    said = slots.get("at_time")
    problem = time_problem(time.fromisoformat(said), on, now) if said else None
    return TooLate(line(f"utter_{problem}"), {"at_time": None}) if problem else None
