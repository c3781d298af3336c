"""Visits at the desk: the ledger, a visit that somebody writes down, stewards and their lists."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from playwright.sync_api import expect

from care.data_files import DATA
from care.entitlements.load import Entitlements
from care.operators.role import Role
from care.visits import stewards
from care.visits.findings import Findings
from care.visits.model import Visit, VisitCall
from care.visits.plan import Planner
from care.visits.state import Result, Why
from care.visits.talking import keep
from care.visits.words import Words
from console.desk import stewards_page, visits_page
from console.desk.pages import install as install_desk
from console.desk.visit_desk import VisitDesk
from console.elder_page import build_router as build_elder_page
from hotline.attendance import attended, build_floor
from hotline.attendance import install as install_floor
from tests.care.visits.people import HOME, REGIONS, RULES, add_elder
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]


@pytest.fixture
def ledger(setting: Setting) -> Setting:
    """Three elders of a community and one elsewhere; one said on the telephone that their
    medicine is running out, one never picked up, and one was missed in October."""
    sessions, now = setting.sessions, setting.clock()
    plan = Planner(sessions, RULES, REGIONS.within)
    with sessions.begin() as session:
        add_elder(session, 3)
        stewards.add(session, name="李管家", phone="13900000001", regions=[HOME])
    plan.due(now - timedelta(days=31))
    with sessions.begin() as session:
        add_elder(session, 1)
        add_elder(session, 2)
        add_elder(session, 4, ("失能",), "沈河区").name = "=赵四"
    plan.due(now)
    with sessions.begin() as session:
        called = VisitCall(visit_id=3, nth=1, process="test", started_at=now)
        session.add(called)
        session.flush()
        answers = [
            ("wellbeing", "so_so", "还行"),
            ("medicine", "run_out", "药快没了打我13812345678"),
        ]
        keep(session, called.id, answers, conversation_id=None, outcome=None, now=now)
        called.result = Result.UNFINISHED
        session.get_one(Visit, 4).in_person = Why.NO_ANSWER
    return setting


@pytest.fixture
def address(setting: Setting, entitlements: Entitlements, ledger: Setting) -> Iterator[str]:
    """Where it is served."""
    setting.add("zhangmin", Role.OPERATOR, "张敏")
    setting.add("wangban", Role.SUPERVISOR, "王班长")
    floor = build_floor(DATA, setting.sessions, setting.clock, entitlements)
    desk = VisitDesk(floor, RULES, Findings.load(), Words.load(), REGIONS)
    app = FastAPI(docs_url=None, redoc_url=None, lifespan=lambda _app: attended(floor))
    app.include_router(build_elder_page())
    install_floor(app, floor)
    for pages in (visits_page, stewards_page):
        app.include_router(pages.build_router(desk))
    install_desk(app, setting.desk)
    with serving(app) as found:
        yield found


def test_from_the_ledger_to_a_visit_that_is_written_down(
    open_seat: OpenSeat, ledger: Setting
) -> None:
    seat, other = open_seat(), open_seat(scheme="dark")
    seat.arrive("zhangmin", "/desk/visits")
    other.arrive("wangban", "/desk/visits")
    page = seat.page
    expect(page.locator(".rate")).to_contain_text("应访 4，已访 0")
    expect(page.get_by_text("上个月有 1 位漏访")).to_be_visible()
    rows = page.locator(".visit-list tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("电话没人接")
    page.get_by_text("按社区看").click()
    assert seat.faults() == []
    assert other.faults() == []

    page.get_by_role("link", name="王桂兰1").click()
    expect(page.locator("main")).to_contain_text("药快没了")
    expect(page.locator("main")).to_contain_text("138****0001")
    expect(page.locator("main")).not_to_contain_text("13812345678")
    assert seat.faults() == []
    expect(seat.field("谁去的")).to_have_value("李管家")
    seat.field("哪一天").fill("2026-11-20")
    page.get_by_label("睡觉").select_option(label="睡不好")
    seat.field("看到什么 可不填").fill("送了降压药")
    page.locator("main").get_by_role("button", name="记下").click()
    expect(page.locator("h1")).to_contain_text("已访 11月20日")
    expect(page.locator("main")).to_contain_text("送了降压药")
    expect(page.locator("form[action='/desk/visits/3']")).to_have_count(0)
    assert seat.faults() == []

    expect(other.page.locator(".rate")).to_contain_text("已访 1")
    expect(other.page.locator(".visit-list tbody tr")).to_have_count(3)
    other.press("已访 1")
    expect(other.page.locator(".visit-list tbody")).to_contain_text("上门 李管家")
    assert seat.violations == other.violations == []


def test_a_supervisor_gives_a_community_to_somebody_else(
    open_seat: OpenSeat, ledger: Setting
) -> None:
    seat = open_seat()
    seat.arrive("wangban", "/desk/stewards")
    seat.field("姓名").fill("孙管家")
    seat.field("电话").fill("139")
    seat.field("管哪些社区").fill(f"{HOME}、沈河")
    seat.press("添加")
    seat.sees("电话号码不对")
    assert seat.faults() == []
    seat.field("电话").fill("13900000002")
    seat.press("添加")
    row = seat.page.locator("tbody tr", has_text="孙管家")
    expect(row).to_contain_text("沈河区")
    expect(seat.page.locator("tbody tr", has_text="李管家")).to_contain_text("没有分社区")
    row.get_by_role("link", name="打印").click()
    expect(seat.page.locator("h1")).to_contain_text("11月探访 4 位")
    expect(seat.page.locator("tbody")).to_contain_text("东街3号")
    assert seat.faults() == []
    assert seat.violations == []


def test_the_list_as_a_workbook(visitor: Visitor) -> None:
    visitor.sign_in(Role.SUPERVISOR.value)
    answer = visitor.get("/desk/stewards/1/list.xlsx?month=2026-11")
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[0][0] == "2026年11月探访 李管家"
    assert told[1][1] == "姓名"
    assert [row[1] for row in told[2:]] == ["王桂兰2", "王桂兰3", "王桂兰1"]
    assert told[2][4] == "138****0002"
    assert told[2][7] == "上门（电话没人接）"
    assert "1380000" not in str(told)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR, Role.ADMIN])
def test_whoever_may_not_see_elders_sees_nobody(visitor: Visitor, role: Role) -> None:
    visitor.sign_in(role.value)
    for path in ("visits", "visits/3", "visits/live", "stewards", "stewards/1/list"):
        assert visitor.get(f"/desk/{path}").status_code == 403
    assert visitor.post("/desk/visits/3", {"visitor": "x", "on": "2026-11-20"}).status_code == 403


def test_stewards_are_the_supervisors_business(visitor: Visitor) -> None:
    visitor.sign_in(Role.OPERATOR.value)
    assert visitor.get("/desk/stewards").status_code == 200
    assert visitor.get("/desk/stewards/1").status_code == 403
    for path in ("stewards", "stewards/1"):
        assert visitor.post(f"/desk/{path}", {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "form", "status", "sentence"),
    [
        ("visits/3", {"visitor": "李", "on": "昨天"}, 422, "日期没写对"),
        ("visits/3", {"visitor": "李", "on": "2026-12-01"}, 422, "还没有到"),
        ("visits/3", {"visitor": " ", "on": "2026-11-20"}, 422, "是谁去的"),
        ("visits/3", {"visitor": "李", "on": "2026-11-20", "how": "pigeon"}, 400, ""),
        ("visits/99", {"visitor": "李", "on": "2026-11-20"}, 404, "没有这次探访"),
        ("stewards/99", {"name": "李", "phone": "13900000003"}, 404, "没有这位养老管家"),
        ("stewards", {"name": "李", "phone": "13900000003", "regions": "火星"}, 422, "从列表里选"),
    ],
)
def test_what_cant_be_done_is_said_in_a_sentence(
    visitor: Visitor, path: str, form: dict[str, str], status: int, sentence: str
) -> None:
    visitor.sign_in(Role.SUPERVISOR.value)
    answer = visitor.post(f"/desk/{path}", form)
    assert (answer.status_code, sentence in answer.text) == (status, True), answer.text


def test_a_made_up_filter_leaves_the_ledger_open(visitor: Visitor) -> None:
    visitor.sign_in(Role.OPERATOR.value)
    answer = visitor.get("/desk/visits?month=2026-13&part=x&region=火星&page=-3")
    assert answer.status_code == 200
    assert "王桂兰1" in answer.text
    only = visitor.get("/desk/visits?month=2026-11&region=沈河区").text
    assert "=赵四" in only
    assert "王桂兰1" not in only
