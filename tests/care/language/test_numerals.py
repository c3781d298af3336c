import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.numerals import amount, digit_by_digit, digits, in_words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("八十三", 83),
        ("八十有三", 83),
        ("一百零五", 105),
        ("一百一", 110),
        ("两千三", 2300),
        ("一万二", 12000),
        ("十五", 15),
        ("五零一", 501),
        ("俩", 2),
        ("仨", 3),
        ("两", 2),
        ("83", 83),
        ("捌拾叁", 83),
        ("八九十", None),
        ("三五", None),
        ("十十", None),
        ("百", None),
        ("", None),
        ("饭", None),
        ("八3十", None),
    ],
)
def test_amounts(words: str, number: int | None) -> None:
    assert amount(words) == number


@given(st.integers(0, 9999))
def test_what_is_said_is_read_back(number: int) -> None:
    assert amount(in_words(number)) == number


@given(st.text(alphabet="0123456789", min_size=1, max_size=18))
def test_digits_said_one_by_one_come_back(number: str) -> None:
    assert digits(digit_by_digit(number)) == number


def test_digits_of_something_else() -> None:
    assert digits("幺三饭") is None
    assert digits("") is None
