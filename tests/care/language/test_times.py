from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.times import resolve_time, say_time


@pytest.mark.parametrize(
    ("words", "hour", "minute"),
    [
        ("三点半", 15, 30),
        ("九点", 9, 0),
        ("两点", 14, 0),
        ("六点", 18, 0),
        ("七点", 7, 0),
        ("十二点半", 12, 30),
        ("晌午", 12, 0),
        ("傍黑", 18, 0),
        ("傍黑儿", 18, 0),
        ("上午", 9, 0),
        ("头晌", 9, 0),
        ("下午", 15, 0),
        ("后晌", 15, 0),
        ("早上", 8, 0),
        ("大清早", 7, 0),
        ("晚上", 19, 0),
        ("晚", 19, 0),
        ("早", 8, 0),
        ("下午三点半", 15, 30),
        ("晚上八点", 20, 0),
        ("早上六点半", 6, 30),
        ("晚六点", 18, 0),
        ("中午一点", 13, 0),
        ("中午十二点", 12, 0),
        ("晚上十二点", 0, 0),
        ("凌晨三点", 3, 0),
        ("夜里两点", 2, 0),
        ("15:30", 15, 30),
        ("下午3:30", 15, 30),
        ("15点30", 15, 30),
        ("差五分九点", 8, 55),
        ("差一刻十点", 9, 45),
        ("九点一刻", 9, 15),
        ("十点三刻", 10, 45),
        ("八点二十", 8, 20),
        ("八点零五", 8, 5),
        ("八点过五分", 8, 5),
        ("九点来钟", 9, 0),
        ("三点钟", 15, 0),
        ("二十点", 20, 0),
        ("24点", 0, 0),
    ],
)
def test_times_as_elders_say_them(words: str, hour: int, minute: int) -> None:
    assert resolve_time(words) == time(hour, minute)


@pytest.mark.parametrize("words", ["25点", "三点七十分", "半夜", "凌晨", "", "后天", "99:99"])
def test_what_is_no_time(words: str) -> None:
    assert resolve_time(words) is None


@pytest.mark.parametrize(
    ("moment", "spoken"),
    [
        (time(15, 30), "下午三点半"),
        (time(9), "上午九点"),
        (time(12), "中午十二点"),
        (time(14, 5), "下午两点零五分"),
        (time(18, 45), "晚上六点四十五分"),
        (time(7), "早上七点"),
    ],
)
def test_times_are_said_as_people_say_them(moment: time, spoken: str) -> None:
    assert say_time(moment) == spoken


@given(st.integers(0, 23), st.integers(0, 59))
def test_any_time_said_is_understood_again(hour: int, minute: int) -> None:
    assert resolve_time(say_time(time(hour, minute))) == time(hour, minute)
