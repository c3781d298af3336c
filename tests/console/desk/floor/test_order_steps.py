"""Orders that need a person: given to a provider, taken back, confirmed, ended, at the desk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import expect

from care.orders import life, series
from care.orders import service as orders
from care.orders.attention import NOBODY
from care.orders.model import Order
from care.orders.recurrence import DAILY
from care.orders.standing import OrderSeries
from care.orders.steps import ask_desk
from tests.care.orders.town import LUNCH, TODAY, act, at, elder, place, provider
from tests.conftest import NOW
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor

pytest_plugins = ["tests.console.desk.desk_setting"]


@pytest.fixture
def visitor(address: str) -> Iterator[Visitor]:
    """张敏, an operator."""
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        found = Visitor(client)
        found.sign_in("zhangmin")
        yield found


@pytest.fixture
def number(setting: Setting) -> int:
    """Two portions that nobody took; 康乐 has one place, 幸福 five."""
    with setting.sessions.begin() as session:
        provider(session, "康乐助餐点", "午餐", places=1)
        provider(session, "幸福食堂", "午餐")
        order = place(session, LUNCH)
        ask_desk(session, order, NOBODY, act())
    return order.id


def _order(setting: Setting, number: int) -> Order:
    with setting.sessions() as session:
        return session.get_one(Order, number)


def test_given_taken_back_and_not_done(visitor: Visitor, setting: Setting, number: int) -> None:
    path = f"/desk/orders/{number}"
    assert visitor.post(f"{path}/give", {"provider": "1"}).status_code == 409  # full
    assert visitor.post(f"{path}/give", {"provider": "2"}).status_code == 303
    assert visitor.post(f"{path}/give", {"provider": "2"}).status_code == 303  # a double click
    found = _order(setting, number)
    assert (found.state, found.provider_id, found.attention) == ("offered", 2, None)
    assert "幸福食堂" in visitor.get(path).text
    assert visitor.post(f"{path}/reassign").status_code == 303
    assert _order(setting, number).state == "placed"
    assert "换服务商" in visitor.get(path).text
    assert visitor.post(f"{path}/no-show").status_code == 409
    visitor.post(f"{path}/give", {"provider": "2"})
    with setting.sessions.begin() as session:
        life.accept(session, number, act(), provider_id=2)
    assert visitor.post(f"{path}/no-show", {"note": "师傅没来"}).status_code == 303
    found = _order(setting, number)
    with setting.sessions() as session:
        last = orders.events(session, found)[-1]
    assert (found.state, last.by, last.note) == ("no_show", "zhangmin", "师傅没来")
    assert visitor.post("/desk/orders/999/give", {"provider": "2"}).status_code == 404


def test_a_draft_becomes_an_order_with_the_elders_yes(visitor: Visitor, setting: Setting) -> None:
    with setting.sessions.begin() as session:
        order = orders.draft(session, LUNCH, conversation_id=None, now=NOW)
    assert "老人说要" in visitor.get(f"/desk/orders/{order.id}").text
    assert visitor.post(f"/desk/orders/{order.id}/confirm").status_code == 303
    assert _order(setting, order.id).state == "placed"


@pytest.fixture
def silent(setting: Setting) -> int:
    """Lunch of today, which 幸福食堂 was asked to cook at 07:00; its phone is dead since."""
    with setting.sessions.begin() as session:
        provider(session, "幸福食堂", "午餐")
        early = NOW - timedelta(hours=3)
        order = place(session, replace(LUNCH, on=TODAY), early)
        life.offer(session, order.id, 1, act(early), places=5, due=NOW)
    return order.id


def test_what_a_provider_tells_on_the_telephone(
    visitor: Visitor, setting: Setting, silent: int
) -> None:
    path, told = f"/desk/orders/{silent}", {"provider": "1", "note": "王师傅，手机没电"}
    assert visitor.post(f"{path}/accepted", told | {"note": " "}).status_code == 409
    assert visitor.post(f"{path}/accepted", told | {"provider": "2"}).status_code == 409
    assert visitor.post(f"{path}/finished", told | {"at": "09:00"}).status_code == 409
    for _ in range(2):  # a double click
        assert visitor.post(f"{path}/accepted", told).status_code == 303
    for wrong in ("06:59", "10:30"):  # before it was ordered, and still to come
        assert visitor.post(f"{path}/started", told | {"at": wrong}).status_code == 409
    assert visitor.post(f"{path}/started", told | {"at": "08:30"}).status_code == 303
    for wrong in ("08:29", "10:01"):
        assert visitor.post(f"{path}/finished", told | {"at": wrong}).status_code == 409
    for _ in range(2):
        assert visitor.post(f"{path}/finished", told | {"at": "09:10"}).status_code == 303
    found = _order(setting, silent)
    assert (found.state, found.accepted_at, found.attention) == ("done", NOW, None)
    assert (found.started_at, found.done_at) == (at(TODAY, 8, 30), at(TODAY, 9, 10))
    with setting.sessions() as session:
        course = [(each.kind, each.by, each.how) for each in orders.events(session, found)]
    steps = [(kind, "zhangmin", "told") for kind in ("accepted", "started", "finished")]
    assert course[2:] == steps
    assert "听说：王师傅，手机没电" in visitor.get(path).text


def test_an_operator_ends_what_a_dead_phone_left_open(
    open_seat: OpenSeat, setting: Setting, silent: int
) -> None:
    with setting.sessions.begin() as session:
        life.accept(session, silent, act(), provider_id=1)
        life.start(session, silent, act(), provider_id=1, moment=at(TODAY, 9))
    seat = open_seat()
    seat.arrive("zhangmin", f"/desk/orders/{silent}")
    seat.sees("服务商打电话来说做完了")
    seat.field("几点做完了").fill("09:30")
    seat.field("谁说做完的").fill("王师傅")
    assert seat.faults() == []
    seat.page.get_by_role("button", name="做完了，记下").click()
    seat.sees("听说：王师傅")
    assert _order(setting, silent).done_at == at(TODAY, 9, 30)
    assert seat.violations == []


_STEPS = ["confirm", "give", "reassign", "no-show", "festivals", "accepted", "started", "finished"]


@pytest.mark.parametrize("step", _STEPS)
def test_who_only_looks_does_no_step(address: str, number: int, step: str) -> None:
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        auditor = Visitor(client)
        path = f"/desk/orders/{number}/{step}"
        filled = {"provider": "2", "festivals": "skip", "at": "09:00", "note": "王师傅"}
        assert auditor.post(path, filled).status_code == 401
        auditor.sign_in("auditor")
        assert auditor.post(path, filled).status_code == 403


def test_an_operator_gives_it_away(open_seat: OpenSeat, setting: Setting, number: int) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", "/desk/orders")
    seat.sees("今天：没有订单。")
    seat.page.get_by_role("link", name=_order(setting, number).ref).first.click()
    rows = seat.page.get_by_role("listitem")
    expect(rows.filter(has_text="康乐助餐点").get_by_role("button")).to_be_disabled()
    assert seat.faults() == []
    rows.filter(has_text="幸福食堂").get_by_role("button", name="派给这家").click()
    seat.sees("在问服务商")
    assert _order(setting, number).provider_id == 2
    assert seat.violations == []


def test_hours_are_as_an_official_decided(visitor: Visitor, setting: Setting) -> None:
    with setting.sessions.begin() as session:
        path = f"/desk/elders/{elder(session, region='沈阳市')}/hours"
    assert "等社区核定" in visitor.get(path).text
    for wrong in ({"hours": "201", "note": "评估"}, {"hours": "12", "note": " "}):
        assert visitor.post(path, wrong).status_code == 422
    assert visitor.post(path, {"hours": "12", "note": "11月20日评估"}).status_code == 303
    page = visitor.get(path).text
    assert "12 小时" in page
    assert "等社区核定" not in page
    assert visitor.get("/desk/elders/999/hours").status_code == 404


@pytest.fixture
def repeated(setting: Setting) -> int:
    """One of many: lunch every day."""
    with setting.sessions.begin() as session:
        row = series.begin(session, LUNCH, DAILY, conversation_id=None, now=NOW)
        series.pause(session, row.id, series.Span(LUNCH.on, LUNCH.on), act())
        order = place(session, LUNCH)
        order.series_id, order.series_day = row.id, LUNCH.on
    return order.id


def test_what_comes_again_is_settled_for_festivals(
    open_seat: OpenSeat, setting: Setting, repeated: int
) -> None:
    seat = open_seat()
    seat.arrive("zhangmin", f"/desk/orders/{repeated}")
    seat.sees("固定的单子：每天")
    seat.sees("11月23日 到 11月23日 停。")
    assert seat.faults() == []
    seat.field("逢年过节").select_option(label="过节照常")
    with seat.page.expect_navigation():
        seat.page.locator("form", has_text="逢年过节").get_by_role("button").click()
    expect(seat.field("逢年过节")).to_have_value("serve")
    with setting.sessions() as session:
        assert session.get_one(OrderSeries, 1).festivals == "serve"
    seat.go("/desk/orders/new")
    seat.sees("先记下，等老人点头")
    assert seat.faults() == []
    assert seat.violations == []


def test_what_comes_once_has_no_festivals(visitor: Visitor, number: int, repeated: int) -> None:
    assert "固定的单子" not in visitor.get(f"/desk/orders/{number}").text
    said = visitor.post(f"/desk/orders/{number}/festivals", {"festivals": "skip"})
    assert said.status_code == 404
    never = visitor.post(f"/desk/orders/{repeated}/festivals", {"festivals": "never"})
    assert never.status_code == 400


def test_an_order_can_wait_for_the_elders_yes(visitor: Visitor, setting: Setting) -> None:
    order = {
        "service": "午餐", "on": "2026-11-24", "count": "1", "place": "东风小区1号楼",
        "person": "王秀兰", "phone": "13800000001", "waits": "true",
    }  # fmt: skip
    assert "先记下，等老人点头" in visitor.get("/desk/orders/new").text
    assert visitor.post("/desk/orders", order).status_code == 303
    assert _order(setting, 1).state == "draft"
    assert "等老人点头" in visitor.get("/desk/orders/1").text
    late = visitor.post("/desk/orders", order | {"on": "2026-11-21", "service": "晚餐"})
    assert late.status_code == 422
    assert "来不及等老人点头" in late.text


def test_a_draft_is_moved_as_long_as_it_can_be_asked_about(
    visitor: Visitor, setting: Setting
) -> None:
    with setting.sessions.begin() as session:
        number = orders.draft(session, LUNCH, conversation_id=None, now=NOW).id
    order = {
        "service": "午餐", "count": "1", "place": "东风小区1号楼",
        "person": "王秀兰", "phone": "13800000001",
    }  # fmt: skip
    late = visitor.post(f"/desk/orders/{number}", order | {"on": f"{TODAY}", "service": "晚餐"})
    assert late.status_code == 422
    assert "来不及等老人点头" in late.text
    later = LUNCH.on + timedelta(days=3)
    assert visitor.post(f"/desk/orders/{number}", order | {"on": f"{later}"}).status_code == 303
    found = _order(setting, number)
    assert (found.state, found.due_at) == ("draft", at(later - timedelta(days=1), 18))


def test_what_the_catalogue_refuses_is_said_at_its_field(
    visitor: Visitor, setting: Setting
) -> None:
    order = {
        "service": "理发", "on": "2026-11-21", "at": "15:00", "place": "东风小区1号楼",
        "person": "王秀兰", "phone": "13800000001",
    }  # fmt: skip
    refused = visitor.post("/desk/orders", order)
    assert refused.status_code == 422
    assert "上门理发要提前 24 小时约，最早 11月22日 10:00。" in refused.text
    assert visitor.post("/desk/orders", order | {"on": "2026-11-23"}).status_code == 303
    refused = visitor.post("/desk/orders/1", order)
    assert refused.status_code == 422
    assert _order(setting, 1).on.isoformat() == "2026-11-23"
