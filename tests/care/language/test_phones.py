import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.numerals import digit_by_digit
from care.language.phones import check_phone, find_phones, say_phone

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


def found(text: str) -> list[str]:
    return [entity.value for entity in find_phones(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("幺三八零零一三八零零零", "13800138000"),
        ("电话是一三八零零一三八零零零", "13800138000"),
        ("幺三捌零零一三八零零零", "13800138000"),
        ("138零零13八000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("幺三八,零零幺三,八零零零", "13800138000"),
        ("幺三八那个零零幺三嗯八零零零", "13800138000"),
        ("幺三八三个零幺三八八八", "13800013888"),
        ("我手机号是一八九四七三三后头是六六二零", "18947336620"),
        ("要三八零零一三八零零零", "13800138000"),
        ("座机零四八三八三三幺二幺二", "04838331212"),
        ("区号零四八三,电话八三三四五六七", "04838334567"),
        ("家里座机八三三二一零五", "8332105"),
        ("拐洞八六五四三", "7086543"),
        ("电话幺三八零零", "13800"),
    ],
)
def test_numbers_as_they_are_said(text: str, number: str) -> None:
    assert found(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "12349",
        "电话12349",
        "单号幺二三四",
        "二零二六年",
        "八十三",
        "三千九百零八万",
        "11010519491231002X",
        "我打了120",
    ],
)
def test_other_digits_are_no_telephone(text: str) -> None:
    assert found(text) == []


@given(MOBILES)
def test_any_number_said_digit_by_digit_comes_back(number: str) -> None:
    assert found(f"电话是{digit_by_digit(number)}") == [number]
    assert found(say_phone(number)) == [number]


@pytest.mark.parametrize(
    "number", ["13800138000", "19912345678", "02423474364", "04838331212", "8332105", "23474364"]
)
def test_good_numbers_have_no_problem(number: str) -> None:
    assert check_phone(number) is None


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("1380013800", "少了一位"),
        ("138001380", "少了两位"),
        ("138001380001", "多了一位"),
        ("12800138000", "开头"),
        ("8332", "短"),
        ("0483", "短"),
        ("13八", "数字"),
        ("222222222222", "不对"),
    ],
)
def test_bad_numbers_are_explained(number: str, part: str) -> None:
    assert part in (check_phone(number) or "")


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        ("13800138000", "幺三八,零零幺三,八零零零"),
        ("02423474364", "零二四,二三四七,四三六四"),
        ("04838331212", "零四八三,八三三,幺二幺二"),
        ("23474364", "二三四七,四三六四"),
        ("1234", "幺二三四"),
    ],
)
def test_numbers_are_said_in_groups(number: str, spoken: str) -> None:
    assert say_phone(number) == spoken
