import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.mask import mask
from care.language.numerals import digit_by_digit


@pytest.mark.parametrize(
    "secret",
    [
        "13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "幺三八零零一三八零零零",
        "一三八零零一三八零零零",
        "幺三八,零零幺三,八零零零",
        "要三八零零一三八零零零",
        "幺三八三个零幺三八八八",
        "11010519491231002X",
        "一一零一零五一九四九一二三一零零二叉",
        "024-23474364",
    ],
)
def test_numbers_of_persons_are_hidden(secret: str) -> None:
    hidden = mask(f"我的号是{secret}你记一下")
    assert hidden.startswith("我的号是*")
    assert hidden.endswith("你记一下")
    assert not any(sign in hidden for sign in "0123456789零幺三八X")


@pytest.mark.parametrize(
    "text", ["我八十三了", "打12349", "2026-11-23 08:00", "单号幺二三四", "一个月450元", ""]
)
def test_everything_else_stays(text: str) -> None:
    assert mask(text) == text


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text("啊我的电话是,。 ", max_size=8))
def test_no_mobile_number_is_ever_shown(number: str, around: str) -> None:
    for said in (number, digit_by_digit(number)):
        assert said[3:] not in mask(f"{around}{said}{around}")


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(mask(text)) == len(text)
