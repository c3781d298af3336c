"""What holds for every text."""

import re
from datetime import date

import cn2an
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from care.language.numerals import amount as amount_heard
from care.language.numerals import digits
from voice.spoken.form import spoken
from voice.spoken.numbers import amount, plain_digits
from voice.spoken.phonemes import phonemes

_SPOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff，。？！、]*")
_OURS = (
    "0123456789.-~—:/,%+¥$()（）〔〕 aAbZwm㎡℃元年月日号点个岁楼单一不两第到百万儿这会，。？！\n"
    "*#@&<>①Ⅱ½😊"
)
TEXTS = st.one_of(st.text(), st.text(alphabet=_OURS, max_size=60))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("一会儿儿儿")
@example("伙<儿")
@example("1.2.3.4.5")
@example("\x00𝟙１①")
def test_nothing_but_chinese_is_left_and_nothing_changes_twice(text: str) -> None:
    said = spoken(text)
    assert _SPOKEN.fullmatch(said)
    assert spoken(said) == said


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_any_text_has_a_sound(text: str) -> None:
    assert not re.search(r"[\u4e00-\u9fff0-9]", phonemes(text))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**12))
@example(10**8)
@example(10_010)
@example(100_000)
@example(120_010_000)
def test_an_amount_keeps_its_value(number: int) -> None:
    said = spoken(f"共{number}元")
    assert cn2an.cn2an(said[1:-1].replace("两", "二"), "normal") == number


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 9999))
def test_the_ears_hear_the_amount_that_the_voice_says(number: int) -> None:
    assert amount_heard(amount(str(number))) == number


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 99_999), st.from_regex(r"\A[0-9]{1,3}[1-9]\Z"))
def test_a_decimal_keeps_its_value(whole: int, fraction: str) -> None:
    said = spoken(f"{whole}.{fraction}亿元").removesuffix("亿元")
    left, right = said.split("点")
    assert cn2an.cn2an(left.replace("两", "二"), "normal") == whole
    assert digits(right) == fraction


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
def test_a_telephone_number_keeps_its_digits(number: str) -> None:
    first, middle, last = (
        spoken(f"电话{number}。").removeprefix("电话").removesuffix("。").split("、")
    )
    assert (len(first), len(middle), len(last)) == (3, 4, 4)
    assert digits(first + middle + last) == number


@given(st.integers(1000, 9999))
@settings(max_examples=200, deadline=None)
def test_a_reference_keeps_its_digits(number: int) -> None:
    said = spoken(f"您的单号是{number}。")
    assert digits(said.removeprefix("您的单号是").removesuffix("。")) == str(number)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
@settings(max_examples=200, deadline=None)
def test_a_date_is_read_alike_in_both_spellings(day: date) -> None:
    said = spoken(day.isoformat())
    assert said == spoken(f"{day.year}年{day.month}月{day.day}日")
    year, month, rest = re.fullmatch("(.+)年(.+)月(.+)日", said).groups()  # type: ignore[union-attr]
    assert year == plain_digits(str(day.year))
    assert (amount_heard(month), amount_heard(rest)) == (day.month, day.day)


@given(st.integers(0, 23), st.integers(0, 59))
@settings(max_examples=200, deadline=None)
def test_a_time_keeps_its_hour_and_minute(hour: int, minute: int) -> None:
    said = spoken(f"{hour}:{minute:02}")
    spoken_hour, rest = said.split("点")
    assert amount_heard(spoken_hour) == hour
    heard = {"": 0, "半": 30}.get(rest, amount_heard(rest.removesuffix("分").removeprefix("零")))
    assert heard == minute


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1-",
        "1.",
        "1,",
        "1:",
        "1/",
        "a.",
        "a@",
        "138 ",
        "<a",
        "[a](",
        "元/",
        "儿",
        "*",
        "2021年",
        "一百",
        "A1",
        "$1",
    ],
)
@pytest.mark.timeout(60)
def test_very_long_text_is_read_in_time(piece: str) -> None:
    said = spoken(piece * 20_000)
    assert _SPOKEN.fullmatch(said)
