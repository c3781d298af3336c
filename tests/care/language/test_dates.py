from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.language.dates import resolve_date, say_date

SATURDAY = date(2026, 11, 21)
NEAR_TODAY = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("今天", "2026-11-21"),
        ("今儿个", "2026-11-21"),
        ("明儿", "2026-11-22"),
        ("明早", "2026-11-22"),
        ("明", "2026-11-22"),
        ("赶明儿", "2026-11-22"),
        ("后天", "2026-11-23"),
        ("后儿个", "2026-11-23"),
        ("后天中午", "2026-11-23"),
        ("大后天", "2026-11-24"),
        ("三天后", "2026-11-24"),
        ("过三天", "2026-11-24"),
        ("两个礼拜以后", "2026-12-05"),
        ("半个月后", "2026-12-06"),
        ("一个月后", "2026-12-21"),
        ("礼拜三", "2026-11-25"),
        ("周六", "2026-11-21"),
        ("礼拜天", "2026-11-22"),
        ("这周六", "2026-11-21"),
        ("下礼拜三", "2026-11-25"),
        ("下个星期天", "2026-11-29"),
        ("下里拜三", "2026-11-25"),
        ("下下周一", "2026-11-30"),
        ("周末", "2026-11-21"),
        ("二十五号", "2026-11-25"),
        ("二十号", "2026-12-20"),
        ("31号", "2026-12-31"),
        ("十五", "2026-12-15"),
        ("下个月五号", "2026-12-05"),
        ("月底", "2026-11-30"),
        ("下月底", "2026-12-31"),
        ("年底", "2026-12-31"),
        ("十二月二十五号", "2026-12-25"),
        ("12-25", "2026-12-25"),
        ("2027年1月3号", "2027-01-03"),
        ("二零二七年一月三号", "2027-01-03"),
        ("三月五号", "2027-03-05"),
        ("二月二十九号", "2028-02-29"),
        ("阳历八月十五", "2027-08-15"),
        ("元旦", "2027-01-01"),
        ("国庆", "2027-10-01"),
        ("国庆节后第三天", "2027-10-04"),
        ("腊月二十三", "2027-01-30"),
        ("腊月廿三", "2027-01-30"),
        ("小年", "2027-01-30"),
        ("八月十五", "2027-09-15"),
        ("农历八月十五", "2027-09-15"),
        ("中秋节", "2027-09-15"),
        ("冬至", "2026-12-22"),
        ("冬至那天", "2026-12-22"),
        ("冬至前一天", "2026-12-21"),
        ("立春", "2027-02-04"),
        ("清明", "2027-04-05"),
        ("重阳", "2027-10-08"),
        ("端午", "2027-06-09"),
        ("除夕", "2027-02-05"),
        ("大年三十", "2027-02-05"),
        ("腊月三十", "2027-02-05"),
        ("大年初二", "2027-02-07"),
        ("正月十五", "2027-02-20"),
        ("初三", "2026-12-11"),
        ("廿三", "2026-12-01"),
        ("农历十五", "2026-11-23"),
        ("下月初三", "2026-12-11"),
        ("明年春节", "2027-02-06"),
        ("昨天", "2026-11-20"),
        ("上礼拜三", "2026-11-11"),
        ("上礼拜", "2026-11-14"),
        ("去年中秋", "2025-10-06"),
        ("上个月五号", "2026-10-05"),
    ],
)
def test_the_next_such_day(words: str, expected: str) -> None:
    assert resolve_date(words, SATURDAY) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "words",
    [
        "二月三十",
        "二月三十号",
        "三十二号",
        "十三月五号",
        "下礼拜",
        "过两天",
        "",
        "上午九点",
        "随便",
    ],
)
def test_no_such_day_or_none_in_particular(words: str) -> None:
    assert resolve_date(words, SATURDAY) is None


FESTIVALS = ("春节", "端午", "中秋", "重阳", "冬至")


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2023, ("01-22", "06-22", "09-29", "10-23", "12-22")),
        (2024, ("02-10", "06-10", "09-17", "10-11", "12-21")),
        (2025, ("01-29", "05-31", "10-06", "10-29", "12-21")),
        (2026, ("02-17", "06-19", "09-25", "10-18", "12-22")),
        (2027, ("02-06", "06-09", "09-15", "10-08", "12-22")),
        (2028, ("01-26", "05-28", "10-03", "10-26", "12-21")),
    ],
)
def test_festivals_of_several_years(year: int, days: tuple[str, ...]) -> None:
    """Dates as printed in the almanac (Hong Kong Observatory's conversion tables)."""
    for words, day in zip(FESTIVALS, days, strict=True):
        assert resolve_date(words, date(year, 1, 1)) == date.fromisoformat(f"{year}-{day}")


def test_a_leap_month_is_told_from_the_plain_one() -> None:
    """2025 has a sixth month and a leap sixth month."""
    assert resolve_date("六月初三", date(2025, 6, 1)) == date(2025, 6, 27)
    assert resolve_date("闰六月初三", date(2025, 6, 1)) == date(2025, 7, 27)
    assert resolve_date("下月初三", date(2025, 7, 1)) == date(2025, 7, 27)


def test_january_belongs_to_the_old_lunar_year() -> None:
    assert resolve_date("腊月二十三", date(2027, 1, 15)) == date(2027, 1, 30)
    assert resolve_date("今年腊月二十三", date(2026, 11, 21)) == date(2027, 1, 30)


def test_a_long_and_a_short_twelfth_month() -> None:
    assert resolve_date("大年三十", date(2026, 11, 21)) == date(2027, 2, 5)
    assert resolve_date("大年三十", date(2023, 11, 21)) == date(2024, 2, 9)


def test_the_31st_skips_short_months() -> None:
    assert resolve_date("三十一号", date(2026, 2, 1)) == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        ("2026-11-21", "今天,十一月二十一号,星期六"),
        ("2026-11-23", "后天,十一月二十三号,星期一"),
        ("2026-12-25", "十二月二十五号,星期五"),
        ("2027-01-30", "明年一月三十号,星期六"),
        ("2026-11-20", "昨天,十一月二十号,星期五"),
        ("2026-03-05", "今年三月五号,星期四"),
        ("2030-01-01", "二零三零年一月一号,星期二"),
    ],
)
def test_days_are_said_as_people_say_them(day: str, spoken: str) -> None:
    assert say_date(date.fromisoformat(day), SATURDAY) == spoken


@settings(deadline=None, max_examples=300)
@given(NEAR_TODAY, st.integers(-900, 1500))
def test_any_day_said_is_understood_again(today: date, distance: int) -> None:
    day = today + timedelta(distance)
    assert resolve_date(say_date(day, today), today) == day


@settings(deadline=None)
@given(NEAR_TODAY, st.sampled_from(["初三", "腊月二十三", "八月十五", "冬至", "二十五号", "周三"]))
def test_a_day_that_comes_round_is_never_past(today: date, words: str) -> None:
    day = resolve_date(words, today)
    assert day is not None
    assert today <= day <= today + timedelta(400)


@settings(deadline=None)
@given(st.text(max_size=12), NEAR_TODAY)
def test_any_words_are_met_calmly(words: str, today: date) -> None:
    day = resolve_date(words, today)
    assert day is None or isinstance(day, date)
