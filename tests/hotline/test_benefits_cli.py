"""`hotline benefits receipts`: the office's list of who gets what, all of it or nothing."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import select
from typer.testing import CliRunner

from care.benefits.model import BenefitReceipt
from care.elders.model import Elder
from care.storage.engine import Sessions
from hotline.benefits_cli import benefits_app
from tests.care.benefits.found import Nights

GOOD = "电话,待遇,起领日期\n138-0000-0000,健康管理,2025-03-01\n13800000001,高龄津贴,\n"


def ran(here: Nights, file: Path) -> tuple[int, str]:
    """Exit code, and what was printed."""
    shown = StringIO()
    app = benefits_app(lambda: here.sessions, Console(file=shown, width=200), here.clock)
    result = CliRunner().invoke(app, ["receipts", str(file)])
    return result.exit_code, shown.getvalue()


def recorded(here: Nights) -> list[tuple[int, str, date | None]]:
    """All that is on record."""
    with here.sessions() as session:
        rows = session.scalars(select(BenefitReceipt).order_by(BenefitReceipt.id))
        return [(row.elder_id, row.benefit, row.since) for row in rows]


@pytest.fixture
def two(embedded: Sessions) -> Nights:
    """Both are due 健康管理 by their age."""
    here = Nights(embedded)
    for _each in range(2):
        here.add(region="沈阳市", birth_date=date(1960, 1, 1))
    return here


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_who_is_on_the_list_is_not_told_again(two: Nights, tmp_path: Path, coding: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(GOOD.encode(coding))
    assert ran(two, file) == (0, "记下了 2 位老人在领的待遇，其中新记 2 条。\n")
    assert ran(two, file) == (0, "记下了 2 位老人在领的待遇，其中新记 0 条。\n")
    assert recorded(two) == [(1, "健康管理", date(2025, 3, 1)), (2, "高龄津贴", None)]
    two.night()
    assert two.cases(1) == {}
    assert two.cases(2) == {"shenyang-health-care": ("new", None)}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (GOOD + "13900000000,健康管理,\n", "第 4 行：没有找到这位老人。"),
        (GOOD + "13800000001,发红包,\n", "第 4 行：没有“发红包”这项待遇。"),
        (GOOD + "13800000001,健康管理,去年\n", "第 4 行：起领日期写成"),
        (GOOD + "13800000001\n", "第 4 行：没有“”这项待遇。"),
        ("姓名,待遇\n王秀英,健康管理\n", "第一行要写列名"),
        ("", "第一行要写列名"),
        (b"\xff\xff\xff", "读不了 list.csv"),
    ],
)
def test_one_wrong_row_and_nothing_is_recorded(
    two: Nights, tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, shown = ran(two, file)
    assert code != 0
    assert sentence in shown
    assert recorded(two) == []


def test_of_a_landline_that_several_share_the_list_has_to_say_whom(
    two: Nights, tmp_path: Path
) -> None:
    with two.sessions.begin() as session:
        for nth in (1, 2):
            elder = session.get_one(Elder, nth)
            elder.phone, elder.phone_nth = "04835551234", nth
    file = tmp_path / "list.csv"
    file.write_text("电话,待遇\n04835551234,健康管理\n", "utf-8")
    code, shown = ran(two, file)
    assert code != 0
    assert "第 2 行：这个座机是几位老人合用的，请写身份证号。" in shown
