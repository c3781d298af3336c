"""A week's menu from a sheet: read row by row, and what is wrong said in a sentence."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from care.canteens.dish_reading import FIELDS, read_rows
from care.canteens.menu_sheet import rows_of, template
from care.canteens.refused import RefusedError
from care.providers.slot import MEALS
from tests.care.orders import town

MONDAY = town.MONDAY
FISH = {"on": f"{MONDAY}", "meal": "午餐", "name": "清蒸鱼"}
CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-5, 99999),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(),
)


def sheet(*rows: list[object], heads: list[str] | None = None) -> bytes:
    """A workbook that somebody filled in."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(heads or list(FIELDS.values()))
    for row in rows:
        page.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_the_empty_sheet_comes_back_as_nothing_and_filled_in_as_dishes() -> None:
    empty = template(MEALS, MONDAY)
    with pytest.raises(RefusedError, match="没有菜"):
        rows_of(empty)
    book = load_workbook(BytesIO(empty))
    page = book.worksheets[0]
    assert page["A2"].value == "2026-11-23"
    page["C3"], page["D3"], page["E3"], page["F3"] = "清蒸鱼", 12.5, "低盐、软食", "鱼，豆制品"
    kept = BytesIO()
    book.save(kept)
    [row] = read_rows(rows_of(kept.getvalue()), MEALS, town.TODAY)
    assert row.dish is not None
    assert (row.number, row.dish.on, row.dish.meal, row.dish.name) == (3, MONDAY, "午餐", "清蒸鱼")
    assert (row.dish.price, row.dish.diets) == (1250, {"少盐", "软食"})
    assert row.dish.allergens == {"鱼", "大豆"}


@pytest.mark.parametrize(
    ("more", "field", "told"),
    [
        ({"on": "下周一"}, "on", "日期不对"),
        ({"on": "2026-02-30"}, "on", "日期不对"),
        ({"on": "2026-11-20"}, "on", "已经过去"),
        ({"on": "2027-11-20"}, "on", "60 天以内"),
        ({"meal": "宵夜"}, "meal", "哪一顿"),
        ({"meal": "早餐"}, "meal", "不做早餐"),
        ({"name": "鱼" * 33}, "name", "32 个字"),
        ({"price": "十块"}, "price", "8.5"),
        ({"price": "-3"}, "price", "8.5"),
        ({"diets": "生酮"}, "diets", "不认识“生酮”"),
        ({"allergens": "花生、灰尘"}, "allergens", "不认识“灰尘”"),
    ],
)
def test_what_is_wrong_is_said_at_its_column(more: dict[str, str], field: str, told: str) -> None:
    [row] = read_rows([(2, FISH | more)], ("午餐", "晚餐"), town.TODAY)
    assert row.dish is None
    assert set(row.problems) == {field}
    assert told in row.problems[field]


def test_the_same_dish_twice_and_other_words_for_what_is_in_it() -> None:
    rows = [(2, FISH | {"allergens": "海鲜 花生"}), (3, dict(FISH)), (4, FISH | {"meal": "晚餐"})]
    first, second, third = read_rows(rows, MEALS, town.TODAY)
    assert first.dish is not None
    assert first.dish.allergens == {"虾蟹", "花生"}
    assert second.problems == {"name": "和第 2 行是同一道菜。"}
    assert third.dish is not None


def test_what_is_no_sheet_of_ours_is_refused_in_a_sentence() -> None:
    for octets, told in (
        (b"PK", "打不开"),
        (b"\0" * (5 * 1024 * 1024), "最多 4 MB"),
        (sheet(heads=["日期", "菜名"]), "少了这一列：哪一顿"),
        (sheet(*([MONDAY, "午餐", "鱼"] for _ in range(1001))), "最多 1000 行"),
    ):
        with pytest.raises(RefusedError, match=told):
            rows_of(octets)


@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=4))
def test_whatever_stands_in_a_cell_a_row_is_a_dish_or_says_why_not(
    rows: list[list[object]],
) -> None:
    typed = [
        (number, {name: str(cell or "") for name, cell in zip(FIELDS, row, strict=True)})
        for number, row in enumerate(rows, 2)
    ]
    found = read_rows(typed, MEALS, date(2026, 11, 21))
    assert [row.number for row in found] == [number for number, _ in typed]
    for row in found:
        assert (row.dish is None) == bool(row.problems)
        if row.dish:
            assert town.TODAY <= row.dish.on <= town.TODAY + timedelta(days=60)
