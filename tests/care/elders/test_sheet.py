"""Sheets of elders: filled in, looked at, imported, exported."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from care.elders import contact
from care.elders.ability import assessments
from care.elders.beside import Assessment, Beside, Said, read_beside
from care.elders.beside_told import written
from care.elders.column import USUAL, heads
from care.elders.consent import Consent, agreed, current, say
from care.elders.contact import NewContact, contacts
from care.elders.event import ElderEvent
from care.elders.exporting import export
from care.elders.importing import AT_ONCE, Decision, look, portions, write
from care.elders.line import read_lines
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.elders.sheet import MOST_ROWS, SheetError, read_sheet, template
from care.storage.engine import Sessions
from care.workbook import harmless
from tests.care.elders.filled import put
from tests.conftest import NOW

DAYS = (date(2000, 1, 1), NOW.date())
HEADS = [each.label for each in heads(USUAL)]


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
        row("赵淑珍", "13800000006", 居住和身体情况="独居、失能"),
        row("赵淑芬", "13800000006"),
        row("", "13800000007"),
    )
    lists = own_lists()
    with sessions() as session:
        rows = look(session, read_lines(read_sheet(octets).rows, lists, NOW.date()))
        problems = {each.number: list(each.entry.problems) for each in rows if each.is_wrong}
        asks = {each.number: (each.same is not None, len(each.alike)) for each in rows if each.asks}
    assert problems == {4: ["phone", "sex", "region"], 5: ["birth"], 7: ["phone"], 8: ["name"]}
    assert asks == {2: (True, 0), 3: (False, 1)}
    with sessions() as session:
        assert len(session.scalars(select(Elder)).all()) == 2

    with sessions.begin() as session:
        rows = look(session, read_lines(read_sheet(octets).rows, lists, NOW.date()))
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
        again = look(session, read_lines(read_sheet(octets).rows, lists, NOW.date()))
        assert not [each for each in again if not each.is_wrong and not each.asks]


def test_two_rows_of_one_person_are_seen_whatever_lies_between(sessions: Sessions) -> None:
    told = {"出生": "1938-05-06", "区划": "额济纳旗"}
    between = [row("赵淑珍", f"139{number:08}") for number in range(AT_ONCE)]
    octets = sheet(
        row("李长山", "13800000001", **told),
        row("里长山", "13800000002", **told),
        *between,
        row("李长山", "13800000003", **told),
        row("李长山", "13800000004", 出生="1939", 区划="额济纳旗"),
        row("李长山", "13800000005"),
    )
    lines = read_lines(read_sheet(octets).rows, own_lists(), NOW.date())
    last = AT_ONCE + 4
    with sessions() as session:
        asks = {each.number: each.line.twin for each in look(session, lines) if each.asks}
    assert asks == {3: 2, last: 2}
    total = 0
    for some in portions(lines):  # as the page does it, with nothing said to either
        with sessions.begin() as session:
            total += write(session, look(session, some), {}, by="x", now=NOW).added
    assert total == len(lines) - 2
    with sessions.begin() as session:
        decided = {last: Decision(add=True)}
        seen = [each for each in look(session, lines) if each.number == last]
        assert write(session, seen, decided, by="x", now=NOW).added == 1


def test_a_decision_for_somebody_else_is_ignored(embedded: Sessions) -> None:
    with embedded.begin() as session:
        put(session, {"name": "王桂兰", "phone": "13800000001"})
        put(session, {"name": "李长山", "phone": "13800000002"})
        lines = read_lines(
            read_sheet(sheet(row("王兰", "13800000001"))).rows, own_lists(), NOW.date()
        )
        rows = look(session, lines)
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
        read_sheet(octets)


def test_a_bomb_is_not_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (100 * 1024 * 1024))
    assert len(out.getvalue()) < 200_000
    with pytest.raises(SheetError, match="太大"):
        read_sheet(out.getvalue())


def test_too_many_rows() -> None:
    heads = ["姓名", "电话"]
    octets = sheet(*[row("王桂兰", "1")] * (MOST_ROWS + 1), heads=heads)
    with pytest.raises(SheetError, match=str(MOST_ROWS)):
        read_sheet(octets)


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
        hidden, full = (export(session, [elder], full=each) for each in (False, True))
    (_, seen), (_, back) = read_sheet(hidden).rows[0], read_sheet(full).rows[0]
    assert (seen["phone"], seen["identity"]) == ("138****0001", "1529**********0029")
    assert seen["address"] == "（隐去）"
    assert {name: back[name] for name in typed} == typed
    cells = load_workbook(BytesIO(full)).worksheets[0]
    assert all(cell.data_type != "f" for line in cells for cell in line)


BESIDE = {
    "能力等级": "3 级，重度失能",
    "评估日期": "2026/3/5",
    "评估人": "旗评估中心",
    "联系人1姓名": "王小红",
    "联系人1关系": "女儿",
    "联系人1电话": 13700000001.0,
    "联系人2姓名": "李邻居",
    "联系人2电话": "0483-5551234",
    "联系人2同意日期": "2026-03-06",
    "同意电话探访": "2026-03-05",
    "同意通话录音": "不同意 2026-03-05",
}


def test_assessment_contacts_and_consents_come_along(sessions: Sessions) -> None:
    lines = read_lines(
        read_sheet(sheet(row("王桂兰", "13800000001", **BESIDE))).rows, own_lists(), NOW.date()
    )
    with sessions.begin() as session:
        assert write(session, look(session, lines), {}, by="zhang", now=NOW).added == 1
    with sessions() as session:
        elder = session.get_one(Elder, 1)
        assessed = (elder.ability, elder.ability_on, elder.ability_by)
        assert assessed == (3, date(2026, 3, 5), "旗评估中心")
        found = [(c.rank, c.name, c.relation, c.phone) for c in contacts(session, 1)]
        assert found == [
            (1, "王小红", "女儿", "13700000001"),
            (2, "李邻居", "", "04835551234"),
        ]
        said = {kind: (row.given, row.at.date()) for kind, row in current(session, 1).items()}
        assert said == {
            Consent.VISITS: (True, date(2026, 3, 5)),
            Consent.RECORDING: (False, date(2026, 3, 5)),
        }


def test_what_was_taken_away_comes_back_the_same_and_only_once(sessions: Sessions) -> None:
    with sessions.begin() as session:
        lines = read_lines(
            read_sheet(sheet(row("王桂兰", "13800000001", **BESIDE))).rows, own_lists(), NOW.date()
        )
        write(session, look(session, lines), {}, by="zhang", now=NOW)
        for nth in range(3, 6):
            new = NewContact(f"邻居{nth}", "", f"1370000000{nth}", None)
            contact.add(session, 1, new, by="zhang", now=NOW)
        elder = session.get_one(Elder, 1)
        first, hidden = (export(session, [elder], full=each) for each in (True, False))
        say(session, 1, Consent.VISITS, given=False, how="电话", by="assistant", now=NOW)
    text = "|".join(read_sheet(hidden).rows[0][1].values())
    assert not {"王小红", "13700000001", "04835551234"} & set(text.split("|"))
    back = read_lines(read_sheet(first).rows, own_lists(), NOW.date())
    with sessions.begin() as session:
        rows = look(session, back)
        write(session, rows, {2: Decision(correct=1)}, by="zhang", now=NOW)
    with sessions.begin() as session:
        assert len(assessments(session, 1)) == 1
        assert len(contacts(session, 1)) == 5
        assert agreed(session, 1, Consent.VISITS) is False, "who said no since is not overruled"
        session.get_one(Elder, 1).phone = "13900000009"  # as if nobody had it
        session.flush()
        write(session, look(session, back), {}, by="zhang", now=NOW)
        again = session.scalars(select(Elder).where(Elder.phone == "13800000001")).one()
        told = read_sheet(export(session, [again], full=True)).rows
    assert told == read_sheet(first).rows


@pytest.mark.parametrize(
    ("told", "column"),
    [
        ({"能力等级": "3"}, "ability"),
        ({"能力等级": "5", "评估日期": "2026-03-05", "评估人": "李"}, "ability"),
        ({"能力等级": "3", "评估日期": "2026-11-22", "评估人": "李"}, "ability_on"),
        ({"联系人1姓名": "王小红"}, "contact1_name"),
        ({"联系人3姓名": "王小红", "联系人3电话": "12"}, "contact3_phone"),
        ({"同意电话探访": "是"}, "consent_visits"),
        ({"同意保存资料": "不同意 2027-01-01"}, "consent_data"),
    ],
)
def test_what_is_wrong_beside_the_record(told: dict[str, str], column: str) -> None:
    octets = sheet(row("王桂兰", "13800000001", **told))
    [line] = read_lines(read_sheet(octets).rows, own_lists(), NOW.date())
    assert list(line.entry.problems) == [column]
    assert line.entry.problems[column].endswith("。")


def test_heads_that_nobody_knows_are_named() -> None:
    octets = sheet(row("王桂兰", "1", 能力="4"), heads=["姓名", "能力", "电话", "备注"])
    assert read_sheet(octets).unknown == ("能力", "备注")


@given(
    st.builds(
        Beside,
        st.none()
        | st.builds(Assessment, st.integers(0, 4), st.dates(DAYS[0], DAYS[1]), st.just("中心")),
        st.lists(
            st.builds(
                NewContact,
                st.sampled_from(["王小红", "李四"]),
                st.sampled_from(["", "女儿"]),
                st.from_regex(r"13[0-9]{9}", fullmatch=True),
                st.none() | st.dates(DAYS[0], DAYS[1]),
            ),
            max_size=6,
        ).map(tuple),
        st.lists(
            st.builds(
                Said, st.sampled_from(list(Consent)), st.booleans(), st.dates(DAYS[0], DAYS[1])
            ),
            max_size=3,
            unique_by=lambda said: said.kind,
        ).map(lambda found: tuple(sorted(found, key=lambda said: list(Consent).index(said.kind)))),
    )
)
def test_what_is_written_is_read_as_it_was(beside: Beside) -> None:
    assert read_beside(written(beside), NOW.date()) == (beside, {})
