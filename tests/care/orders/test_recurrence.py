"""On which days standing orders come: weeks, months of both calendars, festivals."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.language.lunar import lunar_day
from care.orders.festivals import Festivals
from care.orders.recurrence import DAILY, Pattern, days

DAYS = st.dates(date(2024, 12, 1), date(2026, 3, 31))
"""With a leap month, two turns of the year, and a twelfth month of 29 days."""
SLOWLY = settings(max_examples=40, deadline=None)
"""The Chinese calendar is worked out day by day."""
NUMBERS = {"weekdays": (0, 6), "monthly": (1, 31), "lunar": (1, 30)}


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    kind = draw(st.sampled_from([*NUMBERS, "every", "workdays"]))
    if kind == "workdays":
        return Pattern("workdays")
    if kind == "every":
        return Pattern("every", (draw(st.integers(2, 60)),))
    numbers = draw(st.sets(st.integers(*NUMBERS[kind]), min_size=1))
    return Pattern(kind, tuple(sorted(numbers)))  # type: ignore[arg-type]


@given(patterns())
def test_as_text_and_back(pattern: Pattern) -> None:
    assert Pattern.parse(str(pattern)) == pattern


@given(patterns(), DAYS, st.integers(0, 20), st.integers(0, 20))
@SLOWLY
def test_two_halves_are_the_whole(pattern: Pattern, begins: date, cut: int, more: int) -> None:
    middle, last = begins + timedelta(cut), begins + timedelta(cut + more)
    whole = list(days(pattern, begins, begins - timedelta(3), last))
    first = list(days(pattern, begins, begins - timedelta(3), middle))
    second = list(days(pattern, begins, middle + timedelta(1), last))
    assert first + second == whole
    assert all(begins <= day <= last for day in whole)
    assert whole == sorted(set(whole))


@given(DAYS)
def test_every_day_is_every_day(begins: date) -> None:
    assert len(list(days(DAILY, begins, begins, begins + timedelta(13)))) == 14


@given(DAYS, st.integers(1, 30))
@SLOWLY
def test_a_day_of_the_lunar_month_comes_once_a_month(begins: date, day: int) -> None:
    found = list(days(Pattern("lunar", (day,)), begins, begins, begins + timedelta(120)))
    gaps = {(later - sooner).days for sooner, later in pairwise(found)}
    # The 30th is left out by months of 29 days.
    assert gaps <= ({29, 30} if day < 30 else {29, 30, 59, 60, 88, 89, 90})
    assert all(lunar_day(each) == day for each in found)


def test_a_leap_month_has_its_days_too() -> None:
    # 2025 has a leap sixth month: 初一 on 25 June and again on 25 July.
    found = list(days(Pattern("lunar", (1,)), date(2025, 6, 1), date(2025, 6, 1), date(2025, 8, 1)))
    assert found == [date(2025, 6, 25), date(2025, 7, 25)]


def test_the_31st_is_only_where_there_is_one() -> None:
    found = days(Pattern("monthly", (31,)), date(2026, 1, 1), date(2026, 1, 1), date(2026, 7, 1))
    assert [each.month for each in found] == [1, 3, 5]


def test_every_other_day_goes_on_over_new_year() -> None:
    begins = date(2026, 12, 29)
    found = list(days(Pattern("every", (2,)), begins, begins, date(2027, 1, 4)))
    assert [each.day for each in found] == [29, 31, 2, 4]


def test_workdays_leave_out_what_is_free_by_law() -> None:
    first = date(2026, 9, 28)
    found = list(days(Pattern("workdays"), first, first, date(2026, 10, 6)))
    assert [(each.month, each.day) for each in found] == [
        (9, 28),
        (9, 29),
        (9, 30),
        (10, 5),
        (10, 6),
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 2, 16), "除夕"),  # the twelfth month has 29 days
        (date(2026, 2, 17), "春节"),
        (date(2026, 2, 19), "春节"),
        (date(2026, 2, 20), None),
        (date(2025, 1, 28), "除夕"),
        (date(2024, 2, 9), "除夕"),
        (date(2026, 4, 5), "清明节"),
        (date(2024, 4, 4), "清明节"),
        (date(2026, 6, 19), "端午节"),
        (date(2026, 9, 25), "中秋节"),
        (date(2026, 10, 3), "国庆节"),
        (date(2027, 1, 1), "元旦"),
        (date(2026, 12, 31), None),
    ],
)
def test_festivals(day: date, name: str | None) -> None:
    assert Festivals.own().on(day) == name


@given(st.integers(1950, 2090))
@settings(max_examples=15, deadline=None)
def test_a_year_has_thirteen_free_days_or_fewer_where_two_meet(year: int) -> None:
    first = date(year, 1, 1)
    free = [d for n in range(365) if Festivals.own().on(d := first + timedelta(n))]
    assert 12 <= len(free) <= 13  # 中秋 may fall on 国庆


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("weekdays:7", "0 to 6"),
        ("weekdays", "one or more"),
        ("weekdays:3,1", "in order"),
        ("lunar:31", "1 to 30"),
        ("every:2,3", "one number"),
        ("every:1", "2 to 60"),
        ("workdays:1", "no numbers"),
        ("yearly:1", "no kind"),
        ("monthly:x", "invalid literal"),
    ],
)
def test_what_no_calendar_has(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Pattern.parse(text)
