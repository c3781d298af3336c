"""The half-yearly report at the desk: read, printed, and taken along."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from playwright.sync_api import expect

from care.operators.role import Role
from console.desk import report_page
from console.desk.pages import install as install_desk
from console.elder_page import build_router as build_elder_page
from tests.care.report.half_year import BUILDER, fill
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]


@pytest.fixture
def address(setting: Setting) -> Iterator[str]:
    """Where it is served, with something of everything in this half-year."""
    setting.add("sun", Role.AUDITOR, "孙强")
    with setting.sessions.begin() as session:
        fill(session)
    app = FastAPI(docs_url=None, redoc_url=None)
    app.include_router(build_elder_page())
    app.include_router(report_page.build_router(BUILDER))
    install_desk(app, setting.desk)
    with serving(app) as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_read_drawn_and_printed(open_seat: OpenSeat, scheme: str) -> None:
    seat = open_seat(scheme=scheme)
    seat.arrive("sun", "/desk/report?on=2026-11-21")
    page = seat.page
    expect(page.locator("h1")).to_have_text("2026年下半年养老服务情况")
    seat.sees("这半年还没有过完，数字截到现在。")
    expect(page.locator(".chart canvas")).to_have_count(6)
    expect(page.locator("#level-district-title + .card tbody tr").first).to_contain_text("额济纳旗")
    assert seat.faults() == []
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".numbers-said").first).to_be_visible()
    page.emulate_media(media="screen")
    seat.press("前半年")
    expect(page.locator("h1")).to_have_text("2026年上半年养老服务情况")
    seat.go("/desk/report?on=2024-03-01")
    seat.sees("这半年没有服务、探访和报警的记录，下面只有在册的老人。")
    assert seat.faults() == []
    assert seat.violations == []


def test_without_a_date_it_is_the_last_half_year_and_the_file_is_a_workbook(
    visitor: Visitor,
) -> None:
    visitor.sign_in(Role.SUPERVISOR.value)
    assert "2026年上半年养老服务情况" in visitor.get("/desk/report").text
    answer = visitor.get("/desk/report/report.xlsx?on=2026-07-01")
    assert answer.headers["content-disposition"] == 'attachment; filename="report-2026-2.xlsx"'
    assert load_workbook(BytesIO(answer.content))["总表"]["A1"].value == "2026年下半年养老服务情况"


def test_a_date_that_is_none_is_refused_and_whoever_may_not_see_figures(visitor: Visitor) -> None:
    visitor.sign_in(Role.AUDITOR.value)
    for on in ("1999-01-01", "soon"):
        assert visitor.get(f"/desk/report?on={on}").status_code == 400
    visitor.client.cookies.clear()
    visitor.sign_in(Role.OPERATOR.value)
    for path in ("/desk/report", "/desk/report/report.xlsx"):
        assert visitor.get(path).status_code == 403
