"""Sheets of elders: filled in, looked at, imported, exported."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from care.elders.event import ElderEvent
from care.elders.exporting import export
from care.elders.field import FIELDS
from care.elders.importing import Decision, look, write
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.elders.sheet import MOST_ROWS, SheetError, rows_of, template
from care.storage.engine import Sessions
from care.workbook import harmless
from tests.care.elders.filled import put
from tests.conftest import NOW

HEADS = [field.label for field in FIELDS]


def sheet(*rows: dict[str, Any], heads: list[str] | None = None) -> bytes:
    """A workbook with these rows, by the labels of the template."""
    book = load_workbook(BytesIO(template(own_lists()))) if heads is None else Workbook()
    page = book.worksheets[0]
    if heads is not None:
        page.append(heads)
    for number, line in enumerate(rows, 2):
        for column, label in enumerate(heads or HEADS, 1):
            page.cell(number, column).value = line.get(label)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row(name: str, phone: object, **more: object) -> dict[str, Any]:
    """One elder."""
    return {"姓名": name, "电话": phone, **more}


def test_each_row_with_what_is_wrong_and_what_is_there(sessions: Sessions) -> None:
    with sessions.begin() as session:
        put(session, {"name": "王桂兰", "phone": "13800000001"})
        put(session, {"name": "李长山", "phone": "13800000002", "birth": "1938", "region": "额旗"})
    octets = sheet(
        row("王桂兰", 13800000001.0, 过敏="花生、鸡蛋"),
        row("里长山", "13800000009", 出生="1938-05-06", 区划="额济纳旗"),
        row("马秀英", "138", 性别="母", 区划="火星"),
        row(
            "杨福贵", "138 0000 0005", 身份证号="152921194203050029", 出生=NOW.replace(tzinfo=None)
        ),
        row("赵淑珍", "13800000006", 居住和身体情况="独居、失能", 能力="4"),
        row("赵淑芬", "13800000006"),
        row("", "13800000007"),
    )
    lists = own_lists()
    with sessions() as session:
        rows = look(session, rows_of(octets), lists, NOW.date())
        problems = {each.number: list(each.entry.problems) for each in rows if each.is_wrong}
        asks = {each.number: (each.same is not None, len(each.alike)) for each in rows if each.asks}
    assert problems == {4: ["phone", "sex", "region"], 5: ["birth"], 7: ["phone"], 8: ["name"]}
    assert asks == {2: (True, 0), 3: (False, 1)}
    with sessions() as session:
        assert len(session.scalars(select(Elder)).all()) == 2

    with sessions.begin() as session:
        rows = look(session, rows_of(octets), lists, NOW.date())
        decisions = {2: Decision(correct=1), 3: Decision(add=True), 4: Decision(add=True)}
        result = write(session, rows, decisions, by="zhangmin", now=NOW)
        assert (result.added, result.changed, result.skipped) == (2, 1, 4)
    with sessions() as session:
        found = {each.name: each for each in session.scalars(select(Elder))}
        assert set(found) == {"王桂兰", "李长山", "里长山", "赵淑珍"}
        assert found["王桂兰"].allergies == {"花生", "鸡蛋"}
        assert found["赵淑珍"].situations == {"独居", "失能"}
        kinds = session.scalars(select(ElderEvent.kind).where(ElderEvent.by == "zhangmin")).all()
        assert sorted(kinds) == ["changed", "imported", "imported"]
        again = look(session, rows_of(octets), lists, NOW.date())
        assert not [each for each in again if not each.is_wrong and not each.asks]


def test_a_decision_for_somebody_else_is_ignored(embedded: Sessions) -> None:
    with embedded.begin() as session:
        put(session, {"name": "王桂兰", "phone": "13800000001"})
        put(session, {"name": "李长山", "phone": "13800000002"})
        rows = look(session, rows_of(sheet(row("王兰", "13800000001"))), own_lists(), NOW.date())
        write(session, rows, {2: Decision(correct=2)}, by="x", now=NOW)
        assert session.get_one(Elder, 2).name == "李长山"


@pytest.mark.parametrize(
    ("octets", "told"),
    [
        (b"", "不是 Excel"),
        (b"name,phone\n", "不是 Excel"),
        (b"PK\x03\x04" + b"0" * 100, "不是 Excel"),
        (b"0" * (4 * 1024 * 1024 + 1), "太大"),
        (sheet(heads=["姓名", "住址"]), "没有“电话”"),
        (sheet(), "一行也没有"),
    ],
)
def test_a_file_that_is_none(octets: bytes, told: str) -> None:
    with pytest.raises(SheetError, match=told):
        rows_of(octets)


def test_a_bomb_is_not_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (100 * 1024 * 1024))
    assert len(out.getvalue()) < 200_000
    with pytest.raises(SheetError, match="太大"):
        rows_of(out.getvalue())


def test_too_many_rows() -> None:
    heads = ["姓名", "电话"]
    octets = sheet(*[row("王桂兰", "1")] * (MOST_ROWS + 1), heads=heads)
    with pytest.raises(SheetError, match=str(MOST_ROWS)):
        rows_of(octets)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert harmless(text).endswith(text)


def test_what_is_taken_away_is_hidden_or_can_come_back(embedded: Sessions) -> None:
    typed = {
        "name": "王桂兰",
        "phone": "13800000001",
        "identity": "152921194203050029",
        "region": "额济纳旗",
        "address": "=1+1号楼",
        "situations": "独居、失能",
        "pension": "是",
        "allergies": "花生",
    }
    with embedded.begin() as session:
        elder = put(session, typed)
        hidden, full = export([elder], full=False), export([elder], full=True)
    (_, seen), (_, back) = rows_of(hidden)[0], rows_of(full)[0]
    assert (seen["phone"], seen["identity"]) == ("138****0001", "1529**********0029")
    assert seen["address"] == "（隐去）"
    assert {name: back[name] for name in typed} == typed
    cells = load_workbook(BytesIO(full)).worksheets[0]
    assert all(cell.data_type != "f" for line in cells for cell in line)
