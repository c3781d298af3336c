"""Until when a meal is ordered: also over midnight, over the new year, and on a leap day."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from care.canteens.cutoff import Cutoff, usual
from care.canteens.meals import usual_meals
from care.clock import SHANGHAI
from care.orders.check import meal_problem
from care.providers.slot import MEALS
from tests.care.orders import town

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
CUTOFFS = st.builds(Cutoff, MINUTES, st.sampled_from((0, 1)))
SHIFTS = st.integers(-3 * 86_400, 3 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


@given(CUTOFFS, DAYS, SHIFTS)
@example(Cutoff(time(20), 1), date(2027, 1, 1), timedelta(0))
@example(Cutoff(time(0), 0), date(2028, 2, 29), timedelta(seconds=1))
def test_it_is_open_until_one_moment_and_never_again(
    cutoff: Cutoff, on: date, shift: timedelta
) -> None:
    now = cutoff.moment(on) + shift
    assert cutoff.is_open(on, now) == (shift <= timedelta(0))


@given(CUTOFFS, DAYS)
def test_the_next_day_closes_exactly_a_day_later(cutoff: Cutoff, on: date) -> None:
    later = cutoff.moment(on + timedelta(days=1))
    assert later - cutoff.moment(on) == timedelta(days=1)
    assert (later.hour, later.minute) == (cutoff.until.hour, cutoff.until.minute)


@pytest.mark.parametrize(
    ("cutoff", "on", "last"),
    [
        (Cutoff(time(20), 1), date(2027, 1, 1), town.at(date(2026, 12, 31), 20)),
        (Cutoff(time(20), 1), date(2028, 3, 1), town.at(date(2028, 2, 29), 20)),
        (Cutoff(time(0), 0), date(2027, 1, 1), town.at(date(2027, 1, 1), 0)),
        (Cutoff(time(23, 59), 1), date(2027, 1, 1), town.at(date(2026, 12, 31), 23, 59)),
    ],
)
def test_the_evening_before_may_be_in_the_old_year(
    cutoff: Cutoff, on: date, last: datetime
) -> None:
    assert cutoff.moment(on) == last


@given(st.sampled_from(sorted(MEALS)), DAYS, st.integers(0, 86_399))
def test_without_a_canteen_the_usual_meals_count(meal: str, on: date, second: int) -> None:
    now = datetime.combine(on, time(0), SHANGHAI) + timedelta(seconds=second)
    still = now.time() <= usual_meals()[meal].until
    assert (meal_problem(meal, on, now) is None) == still
    assert meal_problem(meal, on + timedelta(days=1), now) is None


def test_the_usual_meals_are_those_that_are_ordered() -> None:
    assert usual_meals().keys() == MEALS.keys()
    assert usual("午餐").moment(town.MONDAY) == town.at(town.MONDAY, 11, 30)
