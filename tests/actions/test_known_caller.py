"""What callers for whom their channel vouches hear of their orders, prices and hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from care.orders import life, quota
from care.orders.model import Order
from care.orders.steps import Act
from care.providers.model import Worker
from tests.actions.bookings import MEAL, SERVICE, placed_meal, placed_service
from tests.actions.driver import Talk
from tests.care.orders.test_quota import priced
from tests.care.orders.town import HAIRCUT, elder, place, provider
from tests.conftest import NOW

OWN = "tel:13800000001"
CLEANING = SERVICE.replace("理发", "打扫卫生")


@pytest.fixture
def known(calls: Callable[[str], Talk]) -> Talk:
    """王桂兰, 86, of 沈阳市, on her own mobile telephone."""
    talk = calls(OWN)
    with talk.context.sessions.begin() as session:
        elder(session, region="沈阳市")
    return talk


def _stored(talk: Talk, order: Order) -> Order:
    with talk.context.sessions() as session:
        return session.get_one(Order, order.id)


def test_an_order_is_the_elders_only_where_the_channel_vouches(
    known: Talk, calls: Callable[[str], Talk]
) -> None:
    mine = placed_meal(known)
    assert (mine.elder_id, mine.region) == (1, "沈阳市")
    neighbours = placed_meal(
        known, "给我订明天中午一份,没忌口,送到东关小区三号楼1,她叫李秀英,电话13900000002"
    )
    assert neighbours.elder_id is None
    assert placed_meal(calls("web-2"), MEAL.replace("后天", "大后天")).elder_id is None


def test_where_the_address_names_it_the_region_is_kept(calls: Callable[[str], Talk]) -> None:
    wish = "后天上午九点来理发,到阿拉善左旗巴彦浩特镇东关小区三号楼501,我叫王桂兰,电话13800000001"
    assert placed_service(calls("web-3"), wish).region == "巴彦浩特镇"


def test_free_hours_are_told_before_the_yes_and_set_aside_with_it(known: Talk) -> None:
    said = known.say(CLEANING, "book_service")
    assert said.value("utter_quote_free", "free") == "2小时"
    assert said.responses[-1] == "utter_read_back"
    known.say("对", "affirm")
    [order] = known.open_orders()
    assert order.free_minutes == 120
    hours = known.say("这个月还有几个小时", "ask_hours")
    assert hours.value("utter_hours_left", "left") == "1小时"
    assert hours.value("utter_hours_left", "ahead") == "2小时"


def test_the_price_is_said_and_a_price_that_changed_is_said_again(
    calls: Callable[[str], Talk],
) -> None:
    talk = calls("web-4")
    talk.context = replace(talk.context, catalogue=priced(price=3000, subsidy=1000))
    said = talk.say(CLEANING, "book_service")
    assert said.value("utter_quote_subsidy", "pays") == "40元"
    talk.context = replace(talk.context, catalogue=priced(price=3500, subsidy=1000))
    said = talk.say("对", "affirm")
    assert said.value("utter_quote_subsidy", "pays") == "50元"
    assert said.ask == "confirmed"
    assert talk.open_orders() == []
    talk.say("对", "affirm")
    [order] = talk.open_orders()
    assert (order.price, order.subsidy) == (7000, 2000)


def test_hours_are_told_to_nobody_else(calls: Callable[[str], Talk], known: Talk) -> None:
    for stranger in ("web-5", "tel:13700000003", "tel:0431234567"):
        said = calls(stranger).say("这个月还有几个小时", "ask_hours")
        assert said.responses == ("utter_hours_unknown",)
        assert said.offers == "person"


def test_who_has_none_is_told_so_and_what_an_official_decided(known: Talk) -> None:
    with known.context.sessions.begin() as session:
        quota.grant(session, 1, 0, since=date(2026, 11, 1), by="李娜", note="", now=NOW)
    assert known.say("还剩几个小时", "ask_hours").responses == ("utter_hours_none",)
    with known.context.sessions.begin() as session:
        quota.grant(session, 1, 600, since=date(2026, 11, 1), by="李娜", note="", now=NOW)
    said = known.say("还剩几个小时", "ask_hours")
    assert said.responses == ("utter_hours_left",)
    assert said.value("utter_hours_left", "left") == "10小时"


def test_who_comes_and_how_far_it_is(known: Talk) -> None:
    with known.context.sessions.begin() as session:
        one = provider(session, "康乐居家", "理发")
        session.add(Worker(provider_id=one, name="李强", phone="13500000009"))
        order = place(session, replace(HAIRCUT, elder_id=1))
    assert known.say("理发的定了没", "check_order").responses == ("utter_order_placed",)
    act = Act("康乐居家", NOW, "provider")
    with known.context.sessions.begin() as session:
        life.offer(session, order.id, one, act, places=5, due=NOW)
        life.accept(session, order.id, act, provider_id=one, worker_id=1)
    said = known.say("谁来给我理发", "check_order")
    assert said.value("utter_order_accepted", "who") == "康乐居家的李强"
    for step in (life.start, life.finish):
        with known.context.sessions.begin() as session:
            step(session, order.id, act, provider_id=one)
    assert known.say("理发的呢", "check_order").responses == ("utter_order_done",)


def test_what_began_meanwhile_is_told_and_not_cancelled(known: Talk) -> None:
    order = placed_service(known)
    known.say("理发不要了", "cancel_order")
    with known.context.sessions.begin() as session:
        act = Act("康乐", NOW)
        life.offer(session, order.id, 1, act, places=5, due=NOW)
        life.accept(session, order.id, act, provider_id=1)
        life.start(session, order.id, act, provider_id=1)
    assert known.say("对", "affirm").responses == ("utter_order_under_way",)
    assert _stored(known, order).state == "under_way"


def test_the_one_of_wednesday_goes_to_friday(known: Talk) -> None:
    wish = "给我订星期三中午两份软食,送到东关小区三号楼二单元501,我叫王桂兰,电话13800000001"
    order, other = placed_meal(known, wish), placed_meal(known)
    said = known.say("把星期三的改到星期五", "change_order")
    assert said.responses == ("utter_confirm_change",)
    known.say("对", "affirm")
    assert _stored(known, order).on == date(2026, 11, 27)
    assert _stored(known, other).on == other.on


def test_one_of_several_is_cancelled_by_its_day(known: Talk) -> None:
    wish = "给我订星期三中午两份软食,送到东关小区三号楼二单元501,我叫王桂兰,电话13800000001"
    order, other = placed_meal(known, wish), placed_meal(known)
    known.slots.pop("order_ref")
    known.say("星期三的饭退了吧", "cancel_order")
    known.say("对", "affirm")
    assert [_stored(known, each).state for each in (order, other)] == ["cancelled", "placed"]
