"""Orders that need a person: given to a provider, taken back, confirmed, ended, at the desk."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from care.orders import life
from care.orders import service as orders
from care.orders.attention import NOBODY
from care.orders.model import Order
from care.orders.steps import ask_desk
from tests.care.orders.town import LUNCH, act, elder, place, provider
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


@pytest.mark.parametrize("step", ["confirm", "give", "reassign", "no-show"])
def test_who_only_looks_does_no_step(address: str, number: int, step: str) -> None:
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        auditor = Visitor(client)
        path = f"/desk/orders/{number}/{step}"
        assert auditor.post(path, {"provider": "2"}).status_code == 401
        auditor.sign_in("auditor")
        assert auditor.post(path, {"provider": "2"}).status_code == 403


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
