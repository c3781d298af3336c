"""Chinese punctuation in what people read."""

import pytest

from care.language.typeset import typeset


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("好,后天,午餐。", "好，后天，午餐。"),
        ("对不对?", "对不对？"),
        ("下午15:30来", "下午15:30来"),
        ("共3,000元(一年)", "共3,000元（一年）"),
        ("单号4702:午餐", "单号4702：午餐"),
        ("", ""),
    ],
)
def test_signs(typed: str, read: str) -> None:
    assert typeset(typed) == read
    assert typeset(read) == read
