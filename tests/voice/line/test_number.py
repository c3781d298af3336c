"""What is a telephone number, and what isn't."""

import pytest

from voice.line.number import number_of


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("13912345678", "13912345678"),
        ("+86 139-1234-5678", "+8613912345678"),
        ("(0951) 5012345", "09515012345"),
        ("12349", "12349"),
        ("", None),
        (None, None),
        ("anonymous", None),
        ("unknown", None),
        ("phone", None),
        ("139;DROP", None),
        ("+", None),
        ("1" * 21, None),
        ("１３９", None),  # full-width digits come from no carrier
    ],
)
def test_number(told: str | None, number: str | None) -> None:
    assert number_of(told) == number
