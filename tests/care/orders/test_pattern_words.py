"""Days of standing orders as they are said, and days on which they aren't wanted."""

from datetime import date

import pytest
from hypothesis import given

from care.orders import pattern_words, skip_words
from care.orders.recurrence import Pattern
from care.orders.skip_words import Skip
from tests.care.orders.test_recurrence import patterns

SATURDAY = date(2026, 11, 21)


@given(patterns())
def test_what_is_said_is_understood(pattern: Pattern) -> None:
    assert pattern_words.read(f"{pattern_words.say(pattern)}中午给我送一份饭") == pattern


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("每天中午给我送饭", "weekdays:0,1,2,3,4,5,6"),
        ("天天晚上送两份", "weekdays:0,1,2,3,4,5,6"),
        ("每周一三五来打扫", "weekdays:0,2,4"),
        ("每个礼拜三来一趟", "weekdays:2"),
        ("逢周二、周四要一份", "weekdays:1,3"),
        ("每周末都要", "weekdays:5,6"),
        ("周一到周五中午送", "weekdays:0,1,2,3,4"),
        ("工作日给我送午饭", "workdays"),
        ("隔一天来洗一次澡", "every:2"),
        ("隔两天送一回", "every:3"),
        ("每十一天来一次", "every:11"),
        ("每一天都要", "weekdays:0,1,2,3,4,5,6"),
        ("每月一号和十五号来理发", "monthly:1,15"),
        ("每个月初一十五吃素", "lunar:1,15"),
        ("每月四十号", None),
        ("明天中午给我送饭", None),
        ("周一来打扫", None),
    ],
)
def test_days_that_come_again(text: str, pattern: str | None) -> None:
    found = pattern_words.read(text)
    assert (str(found) if found else None) == pattern


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("这周末不要", date(2026, 11, 21), date(2026, 11, 22)),
        ("下周末不要送了", date(2026, 11, 28), date(2026, 11, 29)),
        ("这礼拜的饭全停了", date(2026, 11, 21), date(2026, 11, 22)),
        ("下个星期不用送", date(2026, 11, 23), date(2026, 11, 29)),
        ("下周一到下周三不在家", date(2026, 11, 23), date(2026, 11, 25)),
        ("二十五号到二十八号停一停", date(2026, 11, 25), date(2026, 11, 28)),
        ("明天的饭别送了", date(2026, 11, 22), date(2026, 11, 22)),
        ("我出门,五天不用送", date(2026, 11, 22), date(2026, 11, 26)),
        ("这个月都不要了", date(2026, 11, 21), date(2026, 11, 30)),
        ("下个月不要", date(2026, 12, 1), date(2026, 12, 31)),
        ("过年那几天不要", date(2027, 2, 5), date(2027, 2, 8)),
        ("元旦别送", date(2027, 1, 1), date(2027, 1, 1)),
        ("以后都别给我送饭了", date(2026, 11, 22), None),
        ("后天开始不用送饭了", date(2026, 11, 23), None),
    ],
)
def test_days_that_are_left_out(text: str, first: date, last: date | None) -> None:
    assert skip_words.read(text, SATURDAY) == Skip(first, last)


@pytest.mark.parametrize("text", ["我订的饭不要了", "昨天的不要", "退订", ""])
def test_no_days_named(text: str) -> None:
    assert skip_words.read(text, SATURDAY) is None
