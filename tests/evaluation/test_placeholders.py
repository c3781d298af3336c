from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.placeholders import MissingReferenceError, Placeholders, lunar, spoken

SATURDAY = date(2026, 11, 21)
days = st.dates(date(2024, 1, 1), date(2040, 12, 31))


def blanks(today: date = SATURDAY) -> Placeholders:
    return Placeholders("a dialogue", today)


def test_dates_count_from_today() -> None:
    assert blanks().fill("{date:+0} {date:+2} {date:+11}") == "11月21号 11月23号 12月2号"


def test_weekdays_count_in_weeks_from_monday() -> None:
    assert blanks().fill("{weekday:+1:3}") == "11月25号"


def test_lunar_dates_as_people_say_them() -> None:
    assert lunar(date(2027, 1, 30)) == "腊月廿三"
    assert lunar(date(2024, 6, 10)) == "五月初五"


@settings(deadline=None)  # calendars are computed, not looked up
@given(days)
def test_the_festival_lies_ahead_and_within_reach_of_a_booking(today: date) -> None:
    name, day = blanks(today).fill("{festival} {festival_date}").split()
    month, number = day.removesuffix("号").split("月")
    ahead = [today + timedelta(days=count) for count in range(2, 60)]
    assert name
    assert (int(month), int(number)) in {(one.month, one.day) for one in ahead}


@pytest.mark.parametrize(
    ("reply", "ref"),
    [
        ("订好了,单号是3827。", "3827"),
        ("单号:3 8 2 7", "3827"),
        ("单号是幺二零九,您记一下", "1209"),
    ],
)
def test_a_reference_is_captured_and_can_be_said(reply: str, ref: str) -> None:
    one = blanks()
    assert one.capture(reply)
    assert one.fill("{ref}") == ref
    assert one.fill("{ref_spoken}") == spoken(ref)


@pytest.mark.parametrize("reply", ["2021年的材料", "11月23号给您送", "电话13900112233"])
def test_other_numbers_are_no_reference(reply: str) -> None:
    assert not blanks().capture(reply)


def test_no_reference_yet() -> None:
    with pytest.raises(MissingReferenceError):
        blanks().fill("{ref}")


def test_unknown_placeholder() -> None:
    with pytest.raises(KeyError):
        blanks().fill("{nonsense}")


def test_every_dialogue_has_its_own_telephone_number() -> None:
    one, other = Placeholders("a", SATURDAY), Placeholders("b", SATURDAY)
    assert one.phone != other.phone
    assert len(one.phone) == 11
