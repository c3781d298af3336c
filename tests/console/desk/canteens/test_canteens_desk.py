"""Canteens at the desk and on a rider's telephone: set up, a menu put up, a list ticked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from playwright.sync_api import expect
from sqlalchemy import select

from care.canteens.model import Canteen, CanteenMeal, Dish, Round
from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.desk.order_words import OrderWords
from care.elders.model import Elder
from care.entitlements.load import Entitlements
from care.operators.accounts import OneTime
from care.operators.passwords import Passwords
from care.operators.role import Role
from care.orders.model import Order
from care.orders.state import DONE
from care.proofs.store import ProofStore
from care.providers import accounts, workers
from care.providers.gate import ProviderGate
from care.regions.region import Regions
from console.desk import alert_stream, orders_page
from console.desk.canteens.pages import build_routers
from console.desk.pages import install
from console.desk.providers.shared import ProviderDesk
from console.elder_page import build_router as build_elder_page
from console.providers.pages import install as install_provider
from console.providers.site import ProviderSite
from hotline.attendance import build_floor
from tests.care.canteens import kitchen
from tests.care.canteens.kitchen import LUNCH, PEANUTS
from tests.care.canteens.test_menu_sheet import sheet
from tests.care.canteens.test_riding import accepted, scene
from tests.care.operators.people import PASSWORD, QUICK
from tests.care.orders import town
from tests.conftest import NOW
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting", "tests.console.desk.each_role"]

PATHS = {
    "/desk/canteens": {"operator", "supervisor"},
    "/desk/canteens/1": {"operator", "supervisor"},
    "/desk/canteens/lists": {"operator", "supervisor"},
    "/desk/canteens/lists.xlsx?provider=1": {"operator", "supervisor"},
    "/desk/canteens/1/import": {"supervisor"},
    "/desk/canteens/1/template.xlsx": {"supervisor"},
}
"""Who may come where."""
FACTS = {
    "provider": "1",
    "name": "东关社区食堂",
    "kind": "canteen",
    "region": "额旗",
    "address": "东关小区1号楼",
    "phone": "0483-8234567",
    "way": "delivery",
}


@pytest.fixture
def address(setting: Setting, tmp_path: Path) -> Iterator[str]:
    """The desk with these pages and orders, and providers' pages."""
    floor = build_floor(DATA, setting.sessions, setting.clock, Entitlements.load(DATA))
    proofs = ProofStore(tmp_path / "pictures", tmp_path / "key")
    catalogue, regions = Catalogue.load(DATA), Regions.load(DATA / "regions.yml")
    parts = ProviderDesk(floor, catalogue, regions, proofs)
    app = FastAPI()
    app.include_router(build_elder_page())
    orders = orders_page.build_router(floor, catalogue, OrderWords.load(DATA))
    install(app, setting.desk, (*build_routers(parts), orders, alert_stream.build_router(floor)))
    gate = ProviderGate(setting.sessions, setting.clock, Passwords(QUICK))
    install_provider(app, ProviderSite(setting.sessions, setting.clock, gate, catalogue, proofs))
    with serving(app) as found:
        yield found


def test_only_those_with_the_right_come_in(setting: Setting, visitor: Visitor) -> None:
    with setting.sessions.begin() as session:
        scene(session)
    may: dict[str, set[str]] = {}
    for role in Role:
        visitor.sign_in(role.value)
        for path in PATHS:
            if visitor.get(path).status_code == 200:
                may.setdefault(path, set()).add(role.value)
        visitor.post("/desk/logout")
    assert may == PATHS


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("", FACTS | {"name": "食"}, "2 到 64 个字"),
        ("", FACTS | {"region": "火星"}, "没有“火星”"),
        ("", FACTS | {"phone": "12"}, "电话号码不对"),
        ("", FACTS | {"provider": "7"}, "哪家服务商"),
        ("", {**FACTS, "way": "fly"}, "至少选一样"),
        ("/1/meals", {}, "至少要有一顿"),
        ("/1/meals", {"午餐-served": "1", "午餐-opens": "x"}, "午餐的钟点不对"),
        (
            "/1/meals",
            {
                "午餐-served": "1",
                "午餐-opens": "11:30",
                "午餐-closes": "13:00",
                "午餐-until": "12:00",
            },
            "最晚只能订到当天 11:30",
        ),
        ("/1/rounds", {"name": "东线", "meal": "午餐"}, "钟点不对"),
        (
            "/1/rounds",
            {"name": "东线", "meal": "午餐", "leaves": "11:00", "until": "10:00"},
            "送哪些地方",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    setting: Setting, visitor: Visitor, path: str, fields: dict[str, str], told: str
) -> None:
    with setting.sessions.begin() as session:
        kitchen.canteen(
            session,
            town.provider(session, "康乐养老", "午餐"),
            replace(kitchen.FACTS, name="西关食堂"),
        )
    visitor.sign_in("supervisor")
    answer = visitor.post(f"/desk/canteens{path}", fields)
    assert answer.status_code == 400
    assert told in answer.text


def test_what_is_kept_can_be_changed_closed_and_opened(setting: Setting, visitor: Visitor) -> None:
    with setting.sessions.begin() as session:
        _, rider, _ = scene(session)
    visitor.sign_in("supervisor")
    here = "/desk/canteens/1"
    course = {
        "name": "西线",
        "meal": "午餐",
        "leaves": "11:10",
        "until": "20:00",
        "days_before": "1",
        "areas": "西关，额旗",
        "worker": f"{rider}",
    }
    lunch = {
        "午餐-opens": "11:00",
        "午餐-closes": "12:30",
        "午餐-until": "09:00",
        "午餐-seats": "40",
    }
    for path, fields in (
        ("", FACTS | {"name": "西关食堂"}),
        ("/meals", lunch | {"午餐-served": "1"}),
        ("/rounds/1", course),
        ("/rounds/1/close", {}),
        ("/state/close", {}),
    ):
        assert visitor.post(here + path, fields).status_code == 303, path
    with setting.sessions() as session:
        row, course_row = session.get_one(Canteen, 1), session.get_one(Round, 1)
        assert (row.name, row.region, row.active) == ("西关食堂", "额济纳旗", False)
        assert (course_row.name, course_row.days_before, course_row.active) == ("西线", 1, False)
        [served] = session.scalars(select(CanteenMeal)).all()
        assert (served.meal, served.seats, served.until) == ("午餐", 40, time(9))
    assert visitor.post(f"{here}/rounds/7/open").status_code == 404
    assert visitor.post("/desk/canteens/7/state/open").status_code == 404
    visitor.post(f"{here}/state/open")
    with setting.sessions() as session:
        assert session.get_one(Canteen, 1).active


def test_a_canteen_is_set_up_its_menu_put_up_and_its_list_printed(
    setting: Setting, open_seat: OpenSeat, tmp_path: Path
) -> None:
    setting.add("supervisor", Role.SUPERVISOR)
    with setting.sessions.begin() as session:
        provider = town.provider(session, "康乐养老", "早餐", "午餐", "晚餐")
        workers.add(session, provider, "小李", "13900000001", by="t", now=NOW)
        number = town.elder(session)
        session.get_one(Elder, number).allergies = PEANUTS
        accepted(session, provider, replace(LUNCH, elder_id=number))
    seat = open_seat()
    seat.arrive("supervisor", "/desk/canteens")
    assert seat.faults() == []
    for label, typed in (
        ("名称", "东关社区食堂"),
        ("区划", "阿拉善左旗"),
        ("地址", "东关小区1号楼"),
        ("电话", "0483-8234567"),
    ):
        seat.field(label).fill(typed)
    seat.press("添加")
    seat.sees("改好了")
    seat.field("路线叫什么").fill("东线")
    rounds = seat.page.locator("section[aria-labelledby=rounds-title]")
    rounds.get_by_label("哪一顿").select_option("午餐")
    seat.field("几点出发").fill("11:00")
    rounds.get_by_label("订到几点").fill("10:00")
    seat.field("送哪些地方").fill("东关小区、额济纳旗")
    seat.page.get_by_label("谁去送").select_option("小李")
    rounds.get_by_role("button", name="添加").click()
    seat.sees("10:00 截单")
    assert seat.faults() == []

    seat.press("导入菜单")
    assert seat.faults() == []
    filled = tmp_path / "菜单.xlsx"
    filled.write_bytes(
        sheet(
            [town.MONDAY, "午餐", "宫保鸡丁", 8.5, "软食", "花生"],
            [town.MONDAY, "午餐", "米饭", None, None, None],
            [town.MONDAY + timedelta(days=1), "午餐", "宫保鸡丁", 8.5, "软食", "花生"],
            [town.MONDAY, "宵夜", "汤面", None, None, None],
        )
    )
    seat.page.set_input_files("#file", filled)
    seat.press("先看看")
    seat.sees("哪一顿？写早餐、午餐或者晚餐。")
    assert seat.faults() == []
    with setting.sessions() as session:
        assert session.scalars(select(Dish)).all() == []
    seat.press("挂出来")
    seat.sees("3 道菜挂出来了")
    seat.sees("有 1 单的老人对新菜单过敏")
    assert seat.faults() == []
    seat.go(f"/desk/canteens/1?week={town.MONDAY}")
    seat.sees("含花生")
    assert seat.faults() == []

    seat.go(f"/desk/canteens/lists?on={town.MONDAY}&meal=午餐")
    seat.sees("别给：宫保鸡丁")
    seat.sees("138****0001")
    assert seat.faults() == []
    seat.page.emulate_media(media="print")
    expect(seat.page.get_by_role("navigation", name="页面")).to_be_hidden()
    seat.page.emulate_media(media="screen")
    with seat.page.expect_download() as taken:
        seat.press("Excel")
    page = load_workbook(BytesIO(taken.value.path().read_bytes()))["东线"]
    assert (page["B3"].value, page["G3"].value) == ("王桂兰", "138****0001")

    seat.go("/desk/orders/new")
    seat.page.get_by_label("要什么").select_option("午餐")
    seat.field("哪一天").fill(f"{town.MONDAY}")
    seat.page.get_by_label("饭怎么给").select_option("堂食")
    seat.page.get_by_label("哪家食堂").select_option("东关社区食堂")
    seat.field("送到哪里").fill("东关社区食堂")
    seat.field("老人姓名").fill("王桂兰")
    seat.field("电话").fill("13800000001")
    seat.press("下单")
    seat.sees("老人后天的午餐已经有1份了")
    assert seat.faults() == []
    seat.field("哪一天").fill(f"{town.MONDAY + timedelta(days=1)}")
    seat.press("下单")
    seat.sees("老人对花生过敏，大后天午餐的宫保鸡丁里有花生")
    assert seat.faults() == []
    seat.page.get_by_label("要什么").select_option("晚餐")
    seat.press("下单")
    expect(seat.page.locator("h1")).to_contain_text("晚餐")
    seat.sees("堂食")
    assert seat.violations == []
    with setting.sessions() as session:
        order = session.scalars(select(Order).order_by(Order.id.desc())).first()
        assert order is not None
        assert (order.way, order.canteen_id, order.region) == ("dine_in", 1, town.REGION)
        assert session.get_one(Canteen, 1).ways == {"dine_in", "pick_up", "delivery"}
        assert session.get_one(Round, 1).areas == {"东关小区", "额济纳旗"}


def test_a_rider_ticks_what_they_have_brought(setting: Setting, open_seat: OpenSeat) -> None:
    with setting.sessions.begin() as session:
        provider, rider, orders = scene(session)
        number = orders[0].id
        one = OneTime("x", Passwords(QUICK).hash(PASSWORD))
        new = accounts.NewAccount("小李", "小李", rider)
        row = accounts.add(session, provider, new, one, by="t", now=NOW)
        row.one_time_until = None
    setting.clock.now = town.at(town.MONDAY, 12)
    seat = open_seat()
    seat.page.set_viewport_size({"width": 390, "height": 780})
    seat.go("/provider/login")
    seat.sign_in("小李")
    seat.press("今天的饭")
    seat.sees("东线")
    assert seat.faults() == []
    expect(seat.page.get_by_text("别给：宫保鸡丁")).to_be_visible()
    expect(seat.page.get_by_text("赵奶奶")).to_have_count(0)
    seat.page.get_by_role("button", name="王桂兰，送到了").click()
    expect(seat.page.get_by_role("button", name="王桂兰，送到了")).to_have_count(0)
    expect(seat.page.locator("h1")).to_contain_text("还剩 3 份")
    assert town.stored(setting.sessions, number).state == DONE
    with seat.page.expect_download() as taken:
        seat.press("Excel")
    page = load_workbook(BytesIO(taken.value.path().read_bytes()))["东线"]
    assert (page["B3"].value, page["G3"].value) == ("李大爷", "13800000001")
    seat.press("菜单")
    seat.sees("含花生")
    assert seat.faults() == []
    assert seat.violations == []
