"""Says what is wrong with a wished day or hour, as a key that the dialogue has a sentence for."""

from datetime import date, datetime, time, timedelta

from care.canteens.cutoff import usual

HORIZON = timedelta(days=60)
"""How far ahead an order may lie."""

WORKING_HOURS = (time(7, 0), time(20, 0))
"""When workers come to a home."""


def date_problem(on: date | None, today: date) -> str | None:
    """not_understood, past or too_far; None when the day is fine."""
    if on is None:
        return "date_not_understood"
    if on < today:
        return "date_past"
    if on > today + HORIZON:
        return "date_too_far"
    return None


def meal_problem(meal: str, on: date, now: datetime) -> str | None:
    """meal_past when nobody at all takes orders for it any more; one canteen may have closed
    earlier (care.canteens.fitness)."""
    return None if usual(meal).is_open(on, now) else "meal_past"


def time_problem(at: time | None, on: date | None, now: datetime) -> str | None:
    """not_understood, outside working hours, or already past today; None when the hour is fine."""
    if at is None:
        return "time_not_understood"
    if not WORKING_HOURS[0] <= at <= WORKING_HOURS[1]:
        return "time_outside"
    if on == now.date() and at <= now.time():
        return "time_past"
    return None
