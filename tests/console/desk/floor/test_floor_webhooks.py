"""`/desk/webhooks`: admins add one and see what it was told; auditors look on."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect

from care.operators.role import Role
from console.desk import webhook_page, webhooks_page
from console.desk.pages import install as install_desk
from console.elder_page import build_router as build_elder_page
from tests.care.webhooks.receiver import LOOPBACK, House, Receiver
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]


@pytest.fixture
def house(setting: Setting) -> House:
    """What happens, on a clock of its own."""
    return House(setting.sessions)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver().listening() as found:
        yield found


@pytest.fixture
def address(setting: Setting) -> Iterator[str]:
    """Where it is served."""
    setting.add("zhao", Role.ADMIN, "赵敏")
    app = FastAPI(docs_url=None, redoc_url=None)
    app.include_router(build_elder_page())
    app.include_router(webhooks_page.build_router(LOOPBACK.networks))
    app.include_router(webhook_page.build_router())
    install_desk(app, setting.desk)
    with serving(app) as found:
        yield found


def test_one_is_added_told_tried_again_and_turned_off(
    open_seat: OpenSeat, house: House, receiver: Receiver
) -> None:
    seat = open_seat()
    seat.arrive("zhao", "/desk/webhooks")
    seat.field("系统名称").fill("区平台")
    seat.field("地址").fill("https://192.168.1.1/hook")
    seat.field("订单").check()
    seat.press("添加")
    seat.sees("这个地址在内网或者本机")
    seat.field("地址").fill(receiver.url)
    expect(seat.field("订单")).to_be_checked()
    seat.press("添加")
    receiver.secret = seat.page.locator("#one-time").inner_text()
    assert seat.faults() == []
    seat.press("看这个推送")
    seat.press("发一条试试")
    seat.sees("发出去了")
    sender = house.sender()
    house.place()
    receiver.answers = [204, 500]
    while sender.one("a"):
        pass
    seat.go("/desk/webhooks/1")
    rows = seat.page.locator("main tbody tr")
    expect(rows).to_contain_text(["order.placed", "webhook.test"])
    expect(rows).to_contain_text(["等会儿再推 http 500", "推成了 http 204"])
    assert seat.faults() == []
    seat.press("再推一次 order.placed order/1")
    seat.sees("马上再推一次")
    assert sender.one("a")
    seat.page.wait_for_load_state("networkidle")  # the question comes from a script
    seat.press("停用")
    seat.press("是")
    seat.sees("停了，不再推送")
    seat.go("/desk/webhooks")
    expect(seat.page.locator("main tbody tr")).to_contain_text(["停了"])
    assert receiver.secret not in seat.page.content()
    assert seat.faults() == []
    assert seat.violations == []
    assert [each["type"] for each in receiver.taken] == ["webhook.test", "order.placed"]


def test_a_message_is_sent_again_only_by_its_own_webhook(visitor: Visitor, house: House) -> None:
    first = house.add(Receiver(url="https://a.example.cn/"))
    other = house.add(Receiver(url="https://b.example.cn/"), "alarm.*", name="急救")
    house.place()
    house.clock.passes(hours=1)
    visitor.sign_in(Role.ADMIN.value)
    for number, status in ((other, 409), (first, 303)):
        before = house.deliveries()[0].due_at
        answer = visitor.post(f"/desk/webhooks/{number}/deliveries/1")
        assert answer.status_code == status
        assert (house.deliveries()[0].due_at == before) == (status == 409)


def test_a_renewed_secret_is_shown_once_with_how_long_the_one_before_lasts(
    visitor: Visitor, house: House
) -> None:
    number = house.add(Receiver(url="https://a.example.cn/"))
    visitor.sign_in(Role.ADMIN.value)
    made = visitor.post(f"/desk/webhooks/{number}/secret").text
    until = house.webhook(number).before_until
    assert until is not None
    assert f"原来的密钥还能用到 {until:%m-%d %H:%M}" in made
    page = visitor.get(f"/desk/webhooks/{number}").text
    assert f"还能用到 {until:%m-%d %H:%M}" in page
    assert "whsec_" in made
    assert "whsec_" not in page


def test_who_may_do_what(visitor: Visitor, house: House) -> None:
    number = house.add(Receiver(url="https://a.example.cn/"))
    asked = {"name": "b", "url": "https://b.example.cn/", "topics": "order.*"}
    for role, sees, changes in (
        (Role.OPERATOR, 403, 403),
        (Role.AUDITOR, 200, 403),
        (Role.ADMIN, 200, 303),
    ):
        visitor.sign_in(role.value)
        for path in ("/desk/webhooks", f"/desk/webhooks/{number}"):
            assert visitor.get(path).status_code == sees
        for step in ("off", "on", "test"):
            answer = visitor.post(f"/desk/webhooks/{number}/{step}")
            assert answer.status_code == changes
        if changes == 403:
            assert visitor.post("/desk/webhooks", asked).status_code == 403
            assert visitor.post(f"/desk/webhooks/{number}/secret").status_code == 403
            assert visitor.post(f"/desk/webhooks/{number}/deliveries/1").status_code == 403
        visitor.client.cookies.clear()
    visitor.sign_in(Role.ADMIN.value)
    assert "whsec_" in visitor.post("/desk/webhooks", asked).text
    assert visitor.get("/desk/webhooks/99").status_code == 404
    assert visitor.post("/desk/webhooks/99/off").status_code == 404
    assert visitor.forge(f"/desk/webhooks/{number}/off").status_code == 403
