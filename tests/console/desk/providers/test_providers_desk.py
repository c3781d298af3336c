"""The desk's pages about providers and complaints: who may, what is kept, how they look."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect
from sqlalchemy import select

from care.catalogue.service import Catalogue
from care.complaints.model import Complaint
from care.data_files import DATA
from care.entitlements.load import Entitlements
from care.operators.accounts import OneTime
from care.operators.role import Role
from care.orders import life
from care.orders.state import REVIEWED
from care.proofs.picture import drawn_anew
from care.proofs.store import ProofStore
from care.providers import accounts, service
from care.providers.account_model import ProviderAccount
from care.providers.slot import Slot
from care.regions.region import Regions
from care.storage.engine import Sessions
from console.desk import alert_stream
from console.desk.pages import install
from console.desk.providers.pages import build_routers
from console.desk.providers.shared import ProviderDesk
from console.elder_page import build_router as build_elder_page
from hotline.attendance import build_floor
from tests.care.orders import town
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.console.providers.setting import photograph
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting", "tests.console.desk.each_role"]

PATHS = {
    "/desk/providers": {"supervisor"},
    "/desk/providers/1": {"supervisor"},
    "/desk/catalogue": {"operator", "supervisor"},
    "/desk/complaints": {"operator", "supervisor"},
    "/desk/complaints/reviews": {"operator", "supervisor"},
}
"""Who may come where."""
TODAY = replace(town.HAIRCUT, on=town.TODAY, at=time(15, 0))


@pytest.fixture
def proofs(tmp_path: Path) -> ProofStore:
    """Where pictures are."""
    return ProofStore(tmp_path / "pictures", tmp_path / "key")


@pytest.fixture
def address(setting: Setting, proofs: ProofStore) -> Iterator[str]:
    """The desk with these pages, and the stream of alarms that they follow."""
    floor = build_floor(DATA, setting.sessions, setting.clock, Entitlements.load(DATA))
    parts = ProviderDesk(floor, Catalogue.load(DATA), Regions.load(DATA / "regions.yml"), proofs)
    app = FastAPI()
    app.include_router(build_elder_page())
    install(app, setting.desk, (*build_routers(parts), alert_stream.build_router(floor)))
    with serving(app) as found:
        yield found


def done(setting: Setting) -> tuple[int, int]:
    """A provider, and an order that it has done."""
    with setting.sessions.begin() as session:
        number = town.provider(session, "康乐养老", "理发")
        order = town.place(session, TODAY)
        due = town.at(town.TODAY, 9)
        life.offer(session, order.id, number, town.act(), places=5, due=due)
        for step in (life.accept, life.start, life.finish):
            step(session, order.id, town.act(), provider_id=number)
    return number, order.id


def test_only_those_with_the_right_come_in(setting: Setting, visitor: Visitor) -> None:
    done(setting)
    may: dict[str, set[str]] = {}
    for role in Role:
        visitor.sign_in(role.value)
        for path in PATHS:
            if visitor.get(path).status_code == 200:
                may.setdefault(path, set()).add(role.value)
        visitor.post("/desk/logout")
    assert may == PATHS


def test_a_provider_is_set_up_and_can_then_be_offered_orders(
    setting: Setting, visitor: Visitor
) -> None:
    visitor.sign_in("supervisor")
    made = visitor.post("/desk/providers", {"name": "康乐养老", "phone": "0483-8234567"})
    here = made.headers["location"]
    number = int(here.rsplit("/", 1)[1])

    def candidates() -> list[int]:
        with setting.sessions() as session:
            found = service.candidates(session, "理发", "巴彦浩特镇", town.MONDAY, time(9))
            return [row.id for row in found]

    for path, fields in (
        ("contract", {"contract": "A-1", "begins": "2026-01-01", "ends": "2026-12-31"}),
        ("areas", {"areas": "阿拉善左旗，额济纳旗"}),
        ("services", {"service": "理发"}),
    ):
        assert visitor.post(f"{here}/{path}", fields).status_code == 303, path
        assert candidates() == []
    assert visitor.post(f"{here}/capacity", {"0-morning": "3"}).status_code == 303
    assert candidates() == [number]
    with setting.sessions() as session:
        assert service.capacity(session, number, "理发", town.MONDAY, Slot.MORNING) == 3
    visitor.post(f"{here}/offers/stop")
    assert candidates() == []
    visitor.post(f"{here}/offers/resume")
    visitor.post(f"{here}/day-off", {"on": town.MONDAY.isoformat()})
    assert candidates() == []


@pytest.mark.parametrize(
    ("path", "fields", "sentence"),
    [
        ("", {"name": "康乐养老", "phone": "1"}, "电话号码不对"),
        ("/contract", {"contract": "A", "begins": "2026-02-01", "ends": "2026-01-01"}, "不能早于"),
        ("/contract", {"contract": "A", "begins": "明天", "ends": ""}, "填得不对"),
        ("/areas", {"areas": "火星"}, "没有“火星”"),
        ("/services", {"service": "登月"}, "没有“登月”"),
        ("/capacity", {"0-noon": "很多"}, "填数字"),
        ("/capacity", {"0-noon": "99999"}, "1000"),
        ("/workers", {"name": "小李", "phone": "12"}, "电话号码不对"),
        ("/accounts", {"name": "!", "display_name": "张姐"}, "登录名"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    setting: Setting, visitor: Visitor, path: str, fields: dict[str, str], sentence: str
) -> None:
    number, _ = done(setting)
    visitor.sign_in("supervisor")
    told = visitor.post(f"/desk/providers/{number}{path}", fields)
    assert told.status_code == 400
    assert sentence in told.text


def test_an_account_is_made_with_a_password_that_is_shown_once(
    setting: Setting, visitor: Visitor
) -> None:
    number, _ = done(setting)
    visitor.sign_in("supervisor")
    here = f"/desk/providers/{number}"
    visitor.post(f"{here}/workers", {"name": "小李", "phone": "13900000001"})
    made = visitor.post(f"{here}/accounts", {"name": "zhang", "display_name": "张姐"})
    assert "一次性密码" in made.text
    page = visitor.get(here).text
    assert "张姐" in page
    assert "139****0001" in page
    assert "13900000001" not in page
    with setting.sessions() as session:
        row = accounts.by_name(session, "zhang")
    assert row is not None
    assert row.one_time_until is not None
    visitor.post(f"{here}/accounts/{row.id}/off")
    with setting.sessions() as session:
        assert not session.get_one(ProviderAccount, row.id).active


def test_a_review_by_telephone_a_complaint_and_its_course(
    setting: Setting, open_seat: OpenSeat, proofs: ProofStore
) -> None:
    for role in (Role.OPERATOR, Role.SUPERVISOR):
        setting.add(role.value, role)
    number, order = done(setting)
    with setting.sessions.begin() as session:
        one = OneTime("x", "x")
        new = accounts.NewAccount("zhang", "张姐")
        account = accounts.add(session, number, new, one, by="t", now=setting.clock())
        drawn = drawn_anew(photograph())
        proofs.keep(session, drawn, order_id=order, account_id=account.id, now=setting.clock())
    seat = open_seat()
    seat.arrive("operator", "/desk/complaints/reviews")
    assert seat.faults() == []
    seat.page.get_by_label("王桂兰打几分").select_option("2")
    seat.page.get_by_label("王桂兰怎么说").fill("剪得太短")
    seat.press("记下来")
    seat.sees("老人评了2分：剪得太短")
    assert town.stored(setting.sessions, order).state == REVIEWED
    assert seat.faults() == []
    picture = seat.page.request.get("/desk/pictures/1")
    assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")

    seat.press("我来办")
    seat.field("查到什么、说好什么").fill("师傅答应重新修一下")
    seat.press("记下来")
    seat.page.get_by_label("属实", exact=True).check()
    seat.field("怎么办的、老人怎么说").fill("免费重剪，老人同意")
    seat.press("办结")
    expect(seat.page.locator("h1")).to_contain_text("已办结 · 属实")
    seat.go("/desk/complaints")
    assert seat.faults() == []
    with setting.sessions() as session:
        [row] = session.scalars(select(Complaint)).all()
    assert (row.outcome, row.owner, row.provider_id) == ("upheld", "operator", number)

    other = open_seat()
    other.arrive("supervisor", f"/desk/providers/{number}")
    other.sees("平均 2.0 分")
    assert other.faults() == []
    other.go("/desk/providers")
    assert other.faults() == []
    other.press("服务目录")
    expect(other.page.get_by_role("row").filter(has_text="上门理发")).to_contain_text("1 家")
    assert other.faults() == []
    assert seat.violations + other.violations == []


def test_a_complaint_is_written_down_with_its_order(
    setting: Setting, visitor: Visitor, embedded: Sessions
) -> None:
    _, order = done(setting)
    visitor.sign_in("operator")
    ref = town.stored(embedded, order).ref
    assert visitor.post("/desk/complaints", {"kind": "late"}).status_code == 400
    wrong = {"kind": "late", "text": "没来", "ref": "0000"}
    assert "没有这个单号" in visitor.post("/desk/complaints", wrong).text
    made = visitor.post("/desk/complaints", {"kind": "late", "text": "没来", "ref": ref})
    page = visitor.get(made.headers["location"]).text
    assert "康乐养老" in page
    assert "138****0001" in page
    assert (
        visitor.post(
            f"{made.headers['location']}/close", {"outcome": "upheld", "text": "x"}
        ).status_code
        == 409
    )
