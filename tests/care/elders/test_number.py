"""Numbers as carriers write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.elders.number import is_mobile, local_part, national


@pytest.mark.parametrize(
    ("calling", "number"),
    [
        ("13800000001", "13800000001"),
        ("+8613800000001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("8613800000001", "13800000001"),
        ("013800000001", "13800000001"),
        ("13900861234", "13900861234"),
        ("+86 138-0000-0001", "13800000001"),
        ("04715551234", "04715551234"),
        ("+864715551234", "04715551234"),
        ("+8604715551234", "04715551234"),
        ("+861055512345", "01055512345"),
        ("01055512345", "01055512345"),
        ("5551234", "5551234"),
        ("55512345", "55512345"),
    ],
)
def test_one_form_for_each(calling: str, number: str) -> None:
    assert national(calling) == number


@pytest.mark.parametrize(
    "calling",
    ["", "anonymous", "+", "1001", "12349", "110", "+15551234567", "0015551234567", "1380000000",
     "138000000011", "+86", "sip:1001@10.0.0.1"],
)  # fmt: skip
def test_no_number_in_china(calling: str) -> None:
    assert national(calling) is None


@settings(deadline=None)
@given(st.text())
def test_whatever_comes_gives_a_number_or_nothing(calling: str) -> None:
    found = national(calling)
    assert found is None or (found.isdecimal() and national(found) == found)


@pytest.mark.parametrize(
    ("number", "local"),
    [("04715551234", "5551234"), ("01055512345", "55512345"), ("02155512345", "55512345"),
     ("5551234", "5551234")],
)  # fmt: skip
def test_the_area_code_comes_off(number: str, local: str) -> None:
    assert local_part(number) == local
    assert not is_mobile(number)
