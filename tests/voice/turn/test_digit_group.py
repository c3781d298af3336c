from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.language.numerals import digit_by_digit
from voice.turn.complete import is_complete
from voice.turn.digit_group import DigitGroup, digits_at_end
from voice.turn.expectation import Expectation
from voice.turn.wait import Wait, wait_after

FILLERS = ("", "嗯", "那个", "然后", "后面是", "嗯那个", "再")


@pytest.mark.parametrize(
    ("text", "digits", "is_open"),
    [
        ("幺三八", "138", False),
        ("我的号码是幺三八嗯零零", "13800", False),
        ("幺三八三个零", "138000", False),
        ("幺三八三个", "138", True),
        ("一三八,零零一三", "1380013", False),
        ("138 0013", "1380013", False),
        ("洞拐勾", "079", False),
        ("两个", "", True),
    ],
)
def test_digits_at_the_end(text: str, digits: str, is_open: bool) -> None:
    found = digits_at_end(text)
    assert found is not None
    assert (found.digits, found.is_open) == (digits, is_open)


@pytest.mark.parametrize("text", ["", "我要订饭", "幺三八这是我闺女的电话", "礼拜天"])
def test_no_digits_at_the_end(text: str) -> None:
    assert digits_at_end(text) is None


def test_a_group_knows_where_it_begins() -> None:
    assert digits_at_end("电话幺三") == DigitGroup("13", False, 2)


@settings(deadline=None, max_examples=40)
@given(
    number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    cuts=st.sets(st.integers(1, 10), max_size=5),
    fillers=st.lists(st.sampled_from(FILLERS), min_size=6, max_size=6),
    lead=st.sampled_from(["", "我的电话是", "嗯", "你记一下", "号码"]),
)
def test_a_mobile_number_in_any_groups(
    number: str, cuts: set[int], fillers: list[str], lead: str
) -> None:
    """It is whole after its last digit, and at no pause before."""
    edges = [0, *sorted(cuts), 11]
    text = lead
    for place, (begin, end) in enumerate(pairwise(edges)):
        text += (fillers[place] if place else "") + digit_by_digit(number[begin:end])
        expected = Wait.COMPLETE if end == 11 else Wait.DIGITS
        assert wait_after(text, Expectation.DIGITS) is expected
    assert is_complete(text, Expectation.ANYTHING)


@settings(deadline=None, max_examples=40)
@given(st.from_regex(r"[0-9]{4}", fullmatch=True), st.integers(1, 3))
def test_a_reference(number: str, heard: int) -> None:
    told = digit_by_digit(number)
    assert wait_after(told[:heard], Expectation.REFERENCE) is Wait.DIGITS
    assert wait_after(told, Expectation.REFERENCE) is Wait.COMPLETE
