"""A sheet on its way in and out, in a real browser."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect
from sqlalchemy import select

from care.elders.model import Elder
from care.elders.upload import ElderImport
from care.operators.model import NumberReveal
from care.orders.attention import needing
from tests.care.canteens import kitchen
from tests.care.elders.test_sheet import BESIDE, HEADS, row, sheet
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting

pytest_plugins = ["tests.console.desk.desk_setting"]


def _names(setting: Setting) -> set[str]:
    with setting.sessions() as session:
        return set(session.scalars(select(Elder.name)))


def test_nothing_is_imported_until_somebody_says_so(
    open_seat: OpenSeat, setting: Setting, tmp_path: Path
) -> None:
    before = _names(setting)
    file = tmp_path / "名单.xlsx"
    file.write_bytes(
        sheet(
            row("王桂兰", "13800000001", 过敏="花生"),
            row("里长山", "13800000009", 出生="1938-01-02", 区划="额济纳旗"),
            row("马秀英", "138"),
            row("赵淑珍", "13800000006", **BESIDE),
            row("赵书珍", "13800000016", 出生="1941", 区划="额济纳旗"),
            row("赵淑珍", "13800000026", 出生="1941", 区划="额济纳旗"),
            heads=[*HEADS, "备注"],
        )
    )
    cooked = kitchen.offered_with_peanuts(setting.sessions, 1, setting.clock())
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/elders/import")
    page = seat.page
    with page.expect_download() as taken:
        seat.press("下载模板")
    assert load_workbook(BytesIO(taken.value.path().read_bytes())).sheetnames == [
        "老人",
        "填写说明",
    ]
    page.set_input_files("#file", {"name": "a.xlsx", "mimeType": "", "buffer": b"nothing"})
    seat.press("先看看")
    seat.sees("这不是 Excel 工作簿")
    page.set_input_files("#file", file)
    seat.press("先看看")
    expect(page.get_by_text("还没有导入")).to_be_visible()
    expect(page.locator(".counts b")).to_have_text(["2", "3", "1"])
    seat.sees("不认识，没有读：备注")
    seat.sees("表里第 6 行")
    seat.sees("同一个号码")
    assert seat.faults() == []
    assert _names(setting) == before
    with setting.sessions() as session:
        assert session.scalars(select(ElderImport.rows)).one()
    page.get_by_label("第 2 行怎么办").select_option(label="用这一行更新")
    page.get_by_label("第 3 行怎么办").select_option(label="是另一个人，导入")
    seat.press("导入")
    expect(page.get_by_text("导入好了。")).to_be_visible()
    expect(page.locator(".counts b")).to_have_text(["3", "1", "2"])
    assert _names(setting) - before == {"里长山", "赵淑珍", "赵书珍"}
    with setting.sessions() as session:
        assert session.get_one(Elder, 1).allergies == {"花生"}
        assert [each.id for each in needing(session)] == [cooked]
        assert session.scalars(select(Elder.ability).where(Elder.name == "赵淑珍")).one() == 3
        assert session.scalars(select(ElderImport.rows)).one() is None
    assert seat.violations == []


def test_whole_numbers_leave_for_a_reason_that_is_kept(
    open_seat: OpenSeat, setting: Setting
) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/elders/export")
    page = seat.page
    with page.expect_download() as hidden:
        seat.press("导出")
    assert b"13800000001" not in _text(hidden.value.path())
    page.get_by_text("要完整的号码").click()
    page.get_by_label("带完整的号码").check()
    seat.press("导出")
    seat.sees("写")
    with setting.sessions() as session:
        assert session.scalars(select(NumberReveal)).all() == []
    page.get_by_text("要完整的号码").click()
    page.get_by_label("带完整的号码").check()
    page.get_by_label("为什么要").fill("报给民政局")
    with page.expect_download() as full:
        seat.press("导出")
    assert b"13800000001" in _text(full.value.path())
    with setting.sessions() as session:
        kept = session.scalars(select(NumberReveal)).one()
        assert (kept.kind, kept.record_id, kept.why) == ("elder_export", 3, "报给民政局")


def _text(path: Path) -> bytes:
    page = load_workbook(BytesIO(path.read_bytes())).worksheets[0]
    return "|".join(str(cell.value) for line in page for cell in line).encode()
