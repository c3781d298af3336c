"""Who may do what on providers' pages, over HTTP: forgers, others, workers, wrong codes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter
from sqlalchemy import select

from care.desk.model import Callback
from care.orders import life
from care.orders import service as orders
from care.orders.dispatch import offer_to
from care.orders.model import Order
from care.orders.state import ACCEPTED, NO_SHOW, OFFERED, PLACED, UNDER_WAY
from care.orders.steps import Act, locked
from care.storage.engine import Sessions
from console.desk.guarded import UnguardedRouteError, check_guarded
from console.providers.access import asks_who
from console.providers.headers import HEADERS
from tests.care.orders import town
from tests.console.providers.setting import ONE_TIME, PAGE, Phone, Setting, photograph
from tests.serving import serving

TODAY = replace(town.HAIRCUT, on=town.TODAY, at=time(15, 0))


@pytest.fixture
def setting(embedded: Sessions, tmp_path: Path) -> Setting:
    """A provider and its people."""
    return Setting(embedded, tmp_path)


@pytest.fixture
def address(setting: Setting) -> Iterator[str]:
    """Where its pages are."""
    with serving(setting.app()) as found:
        yield found


@pytest.fixture
def phone(address: str) -> Iterator[Phone]:
    """Nobody yet."""
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        yield Phone(client)


def accepted(setting: Setting, phone: Phone) -> int:
    """An order for today that 小李 has accepted; 康乐 is signed in."""
    order = setting.offered(TODAY)
    phone.sign_in("康乐")
    phone.post(f"/provider/orders/{order.id}/accept", {"worker": str(setting.worker)})
    assert setting.order(order.id).state == ACCEPTED
    return order.id


def test_nobody_comes_in_without_signing_in(setting: Setting, phone: Phone) -> None:
    order = setting.offered()
    for path in ("/provider", "/provider/list", f"/provider/orders/{order.id}"):
        found = phone.get(path)
        assert (found.status_code, found.headers["location"]) == (303, "/provider/login")
    assert phone.client.post(f"/provider/orders/{order.id}/accept").status_code == 401
    assert setting.order(order.id).state == OFFERED


def test_a_route_that_asks_nobody_stops_the_start() -> None:
    router = APIRouter()
    router.add_api_route("/provider/secrets", lambda: None)
    with pytest.raises(UnguardedRouteError, match="/provider/secrets"):
        check_guarded(router, asks_who, ())


def test_every_answer_has_the_headers(phone: Phone) -> None:
    for path in ("/provider/login", "/provider", "/provider/nothing", "/provider/app.webmanifest"):
        found = phone.get(path).headers
        assert {name: found[name] for name in HEADERS} == HEADERS
    assert "camera=(self)" in HEADERS["Permissions-Policy"]
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_a_form_without_its_token_changes_nothing(setting: Setting, phone: Phone) -> None:
    order = setting.offered()
    phone.sign_in("康乐")
    forged = phone.client.post(f"/provider/orders/{order.id}/accept", headers=PAGE)
    assert forged.status_code == 403
    assert "刷新页面" in forged.text
    elsewhere = {"sec-fetch-site": "cross-site"} | PAGE
    assert phone.client.post("/provider/logout", headers=elsewhere).status_code == 403
    assert setting.order(order.id).state == OFFERED


def test_a_one_time_password_opens_nothing_but_the_choice_of_ones_own(
    setting: Setting, phone: Phone
) -> None:
    setting.account("新来的", None, fresh=True)
    assert phone.sign_in("新来的", ONE_TIME).headers["location"] == "/provider/password"
    assert phone.get("/provider").headers["location"] == "/provider/password"
    short = phone.post("/provider/password", {"new": "abc", "again": "abc"})
    assert short.status_code == 422
    assert "10" in short.text


def test_wrong_sign_ins_get_one_sentence_and_then_a_lock(setting: Setting, phone: Phone) -> None:
    told = [phone.sign_in("康乐", "wrong") for _ in range(6)]
    assert [answer.status_code for answer in told] == [401] * 5 + [429]
    assert "12349" in told[-1].text


def test_another_providers_order_is_not_there(setting: Setting, phone: Phone) -> None:
    order = setting.offered()
    with setting.sessions.begin() as session:
        other = town.provider(session, "幸福养老", "理发")
        row = session.get_one(Order, order.id)
        row.provider_id = other
    phone.sign_in("康乐")
    assert phone.get(f"/provider/orders/{order.id}").status_code == 404
    for step in ("accept", "refuse", "assign", "start", "absent"):
        fields = {"worker": "1", "other": "x", "code": setting.code}
        assert phone.post(f"/provider/orders/{order.id}/{step}", fields).status_code >= 400
    assert setting.order(order.id).state == OFFERED


def test_a_worker_sees_and_does_their_own_orders_only(setting: Setting, phone: Phone) -> None:
    mine = accepted(setting, phone)
    waiting = setting.offered(replace(TODAY, at=time(16, 0)))
    phone.post("/provider/logout")
    phone.sign_in("小李")
    seen = phone.get("/provider").text
    assert f"/provider/orders/{mine}" in seen
    assert f"/provider/orders/{waiting.id}" not in seen
    assert phone.get(f"/provider/orders/{waiting.id}").status_code == 404
    assert phone.post(f"/provider/orders/{mine}/refuse", {"other": "累"}).status_code == 403
    phone.post(f"/provider/orders/{mine}/start", {"code": setting.code})
    assert setting.order(mine).state == UNDER_WAY


def test_a_worker_without_the_certificate_is_not_sent(setting: Setting, phone: Phone) -> None:
    setting.certify(setting.worker, "健康证", town.TODAY)
    order = setting.offered()  # for Monday: it has run out by then
    phone.sign_in("康乐")
    told = phone.post(f"/provider/orders/{order.id}/accept", {"worker": str(setting.worker)})
    assert told.status_code == 422
    assert "健康证" in told.text
    assert setting.order(order.id).state == OFFERED


def test_a_refusal_needs_a_reason_and_gives_the_order_back(setting: Setting, phone: Phone) -> None:
    order = setting.offered()
    phone.sign_in("康乐")
    path = f"/provider/orders/{order.id}/refuse"
    assert phone.post(path).status_code == 422
    assert phone.post(path, {"reason": "太远了"}).status_code == 303
    assert setting.order(order.id).state == PLACED
    assert phone.get(f"/provider/orders/{order.id}").status_code == 404


def test_codes_are_counted_and_an_order_of_another_day_does_not_begin(
    setting: Setting, phone: Phone
) -> None:
    number = accepted(setting, phone)
    path = f"/provider/orders/{number}/start"
    for _ in range(5):
        assert "码不对" in phone.post(path, {"code": "1"}).text
    assert "分钟后" in phone.post(path, {"code": setting.code}).text
    setting.clock.passes(minutes=2)
    phone.post(path, {"code": f"yl:{setting.code}"})
    assert setting.order(number).state == UNDER_WAY
    later = setting.offered(town.HAIRCUT)
    phone.post(f"/provider/orders/{later.id}/accept", {"worker": str(setting.worker)})
    told = phone.post(f"/provider/orders/{later.id}/start", {"code": setting.code})
    assert "还没到日子" in told.text
    assert "还没到日子" in phone.post(f"/provider/orders/{later.id}/absent").text
    assert setting.order(later.id).state == ACCEPTED


def test_an_elder_who_is_not_known_is_found_by_the_orders_number(
    setting: Setting, phone: Phone
) -> None:
    order = setting.offered(TODAY, known=False)
    phone.sign_in("康乐")
    phone.post(f"/provider/orders/{order.id}/accept", {"worker": str(setting.worker)})
    path = f"/provider/orders/{order.id}/start"
    assert order.ref not in phone.get(f"/provider/orders/{order.id}").text
    assert "码不对" in phone.post(path, {"code": setting.code}).text
    assert phone.post(path, {"code": order.ref}).status_code == 303


def test_what_is_taken_from_them_stands_on_the_board(
    setting: Setting, phone: Phone, address: str
) -> None:
    number = accepted(setting, phone)
    act = Act("李娜", setting.clock(), "desk")
    with setting.sessions.begin() as session:
        moved = replace(orders.wish_of(session.get_one(Order, number)), on=town.MONDAY)
        orders.change(session, session.get_one(Order, number), moved, act.now)
    board = phone.get("/provider").text
    assert "老人改了，这一单不用去。" in board
    assert "11月21日 15:00" in board
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        worker = Phone(client)
        worker.sign_in("小李")
        assert "这一单不用去" in worker.get("/provider").text
        setting.clock.passes(minutes=5)
        act = Act("李娜", setting.clock(), "desk")
        with setting.sessions.begin() as session:
            offer_to(session, locked(session, number), setting.provider, act)
        assert "不用去" not in phone.get("/provider").text  # it is with the offers
        with setting.sessions.begin() as session:
            life.reassign(session, number, act)
        assert "12349 收回了" in phone.get("/provider").text
        assert "12349 收回了" not in worker.get("/provider").text  # nobody was to go yet
        with setting.sessions.begin() as session:
            offer_to(session, locked(session, number), setting.provider, act)
        phone.post(f"/provider/orders/{number}/accept", {"worker": str(setting.worker)})
        with setting.sessions.begin() as session:
            life.cancel(session, number, act)
        for each in (phone, worker):
            assert "老人不要了" in each.get("/provider").text
        setting.clock.passes(hours=14)
        worker.sign_in("小李")
        assert "老人不要了" not in worker.get("/provider").text


@pytest.mark.parametrize("shows", [True, False])
def test_the_elders_code_ends_it_too(setting: Setting, phone: Phone, shows: bool) -> None:
    number = accepted(setting, phone)
    phone.post(f"/provider/orders/{number}/start", {"code": setting.code})
    fields = {"number": str(number), "code": setting.order(number).ref}
    for _ in range(2):  # the order's number is known since the beginning
        assert "再扫一次" in phone.post("/provider/finish", fields, picture=photograph()).text
    assert setting.order(number).state == UNDER_WAY
    fields["code"] = f"yl:{setting.code}" if shows else ""
    assert phone.post("/provider/finish", fields, picture=photograph()).status_code == 303
    with setting.sessions() as session:
        last = orders.events(session, setting.order(number))[-1]
    assert (last.kind, last.how) == ("finished", "code" if shows else "provider")


def test_a_finish_needs_a_picture_that_is_one(setting: Setting, phone: Phone) -> None:
    number = accepted(setting, phone)
    phone.post(f"/provider/orders/{number}/start", {"code": setting.code})
    fields = {"number": str(number), "note": "好了"}
    assert "拍一张" in phone.post("/provider/finish", fields).text
    assert "打不开" in phone.post("/provider/finish", fields, picture=b"<svg/>").text
    assert setting.order(number).state == UNDER_WAY
    done = phone.post("/provider/finish", fields, picture=photograph())
    assert done.status_code == 303
    assert "做完了" in phone.get("/provider").text


def test_nobody_opened_puts_the_elder_on_the_call_back_list(setting: Setting, phone: Phone) -> None:
    number = accepted(setting, phone)
    phone.post(f"/provider/orders/{number}/absent", {"note": "敲了十分钟"})
    assert setting.order(number).state == NO_SHOW
    with setting.sessions() as session:
        [wish] = session.scalars(select(Callback)).all()
    assert (wish.phone, wish.due_at) == (town.HAIRCUT.phone, setting.clock())
    assert "没人应门" in wish.about
