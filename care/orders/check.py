"""Says what is wrong with a wished day or hour, as a key that the dialogue has a sentence for."""

from datetime import date, datetime, time, timedelta

HORIZON = timedelta(days=60)
"""How far ahead an order may lie."""

WORKING_HOURS = (time(7, 0), time(20, 0))
"""When workers come to a home."""

LAST_CALL = {"早餐": time(7, 30), "午餐": time(11, 30), "晚餐": time(17, 30)}
"""Until when a meal can still be ordered for the same day."""


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
    """meal_past when today's meal can't be ordered any more."""
    if on == now.date() and now.time() > LAST_CALL[meal]:
        return "meal_past"
    return None


def time_problem(at: time | None, on: date | None, now: datetime) -> str | None:
    """not_understood, outside working hours, or already past today; None when the hour is fine."""
    if at is None:
        return "time_not_understood"
    if not WORKING_HOURS[0] <= at <= WORKING_HOURS[1]:
        return "time_outside"
    if on == now.date() and at <= now.time():
        return "time_past"
    return None
