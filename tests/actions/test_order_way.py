"""An order that is placed: eaten at the canteen after all, fetched, or brought."""

from collections.abc import Callable
from datetime import time

import pytest

from care.canteens import register
from care.canteens.model import Canteen
from care.canteens.way import DELIVERY, DINE_IN, PICK_UP
from care.elders.model import Elder
from care.orders import life
from care.orders.model import Order
from care.orders.state import ACCEPTED, PLACED
from tests.actions.driver import Talk
from tests.care.canteens import kitchen
from tests.care.canteens.kitchen import PEANUTS
from tests.care.orders import town

PHONE = "13800000001"
HOME = "东关小区3号楼501"
AT_CANTEEN = "东关社区食堂(东关小区1号楼)"


@pytest.fixture
def talk(calls: Callable[[str], Talk]) -> Talk:
    """王桂兰 calls on her own number; a canteen is near by, and lunch is ordered to her home."""
    talk = calls(f"tel:{PHONE}")
    with talk.context.sessions.begin() as session:
        kitchen.canteen(session, town.provider(session, "康乐养老", "早餐", "午餐", "晚餐"))
        row = session.get_one(Elder, town.elder(session))
        row.allergies, row.address = PEANUTS, HOME
    _order(talk, "后天中午一份,没有忌口")
    return talk


def _order(talk: Talk, wish: str) -> None:
    talk.say(wish, "order_meal")
    while not talk.last.read_back:
        talk.say("对", "affirm")
    talk.say("对", "affirm")


def _one(talk: Talk) -> Order:
    [order] = talk.open_orders()
    return order


def _changed(talk: Talk) -> str:
    """The order as it is read back for a yes."""
    return talk.last.value("utter_confirm_change", "order") or ""


@pytest.mark.parametrize(
    ("words", "way", "told"),
    [
        ("后天的午饭改成去食堂吃", DINE_IN, f"在{AT_CANTEEN}吃"),
        ("午饭不用送了,我自己去拿", PICK_UP, f"自己到{AT_CANTEEN}取"),
        ("让儿子去取吧", PICK_UP, f"自己到{AT_CANTEEN}取"),
    ],
)
def test_they_go_there_after_all(talk: Talk, words: str, way: str, told: str) -> None:
    assert _one(talk).place == HOME
    talk.say(words, "change_order")
    assert told in _changed(talk)
    assert talk.say("对", "affirm").responses == ("utter_changed",)
    order = _one(talk)
    assert (order.way, order.canteen_id, order.place) == (way, 1, AT_CANTEEN)
    assert order.region == town.REGION


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("改成去食堂吃", "ask_canteen"),
        ("午饭改成去食堂吃", "order_meal"),
        ("不用送了,我自己去拿", "cancel_order"),
        ("我自己去拿", "inform"),
        ("我自己去拿", "nlu_fallback"),
        ("还是去食堂吃吧", "correct"),
        ("我去食堂吃", "order_meal"),
    ],
)
def test_whatever_it_is_taken_for_outside_a_form(talk: Talk, words: str, intent: str) -> None:
    said = talk.say(words, intent)
    assert said.ask == "confirmed"
    assert AT_CANTEEN in _changed(talk)


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("再订一份晚饭,我自己去拿", "order_meal"),
        ("明天晚饭我去食堂吃", "order_meal"),
        ("送到家", "order_meal"),
        ("不要了", "cancel_order"),
    ],
)
def test_what_is_about_something_else_stays_so(talk: Talk, words: str, intent: str) -> None:
    talk.say(words, intent)
    assert talk.slots.get("order_task") != "change"


def test_and_have_it_brought_home_again(talk: Talk) -> None:
    for words in ("改成去食堂吃", "还是送来吧"):
        talk.say(words, "change_order")
        talk.say("对", "affirm")
    order = _one(talk)
    assert (order.way, order.canteen_id, order.place) == (DELIVERY, None, HOME)
    assert order.region == town.REGION


def test_they_change_their_mind_before_the_yes(talk: Talk) -> None:
    talk.say("改一下我订的饭", "change_order")
    talk.say("我去食堂吃", "ask_canteen")
    assert f"在{AT_CANTEEN}吃" in _changed(talk)
    talk.say("我自己去拿吧", "stop")
    assert f"自己到{AT_CANTEEN}取" in _changed(talk)
    talk.say("算了还是送到家吧", "order_meal")
    assert f"送到{HOME}" in _changed(talk)
    talk.say("对", "affirm")
    assert (_one(talk).way, _one(talk).place) == (DELIVERY, HOME)


def test_a_new_door_is_a_delivery(talk: Talk) -> None:
    talk.say("改成去食堂吃", "change_order")
    talk.say("对", "affirm")
    talk.say("改成送到西关小区1号楼101", "change_order")
    assert "送到西关小区1号楼101" in _changed(talk)


def test_whose_home_isnt_known_is_asked_for_the_door(
    talk: Talk, calls: Callable[..., Talk]
) -> None:
    other = calls("web-1")
    _order(
        other,
        "阿拉善左旗的,后天中午一份,没有忌口,我去食堂吃,我叫李秀英,电话13900000002",
    )
    said = other.say("还是给我送吧", "change_order")
    assert said.text.startswith("送到家要有门牌")
    assert said.ask == "change_to"
    other.say("西关小区1号楼101")
    assert "送到西关小区1号楼101" in _changed(other)


def test_a_canteen_that_is_nowhere_near_changes_nothing(talk: Talk) -> None:
    with talk.context.sessions.begin() as session:
        session.get_one(Canteen, 1).ways = frozenset({DELIVERY})
    said = talk.say("改成去食堂吃", "change_order")
    assert said.text == "您那边没有登记能堂食的食堂，这一份就还照原来的。"
    assert _one(talk).way == DELIVERY


def test_after_the_cut_off_it_stays_and_no_other_meal_is_put_in_its_place(talk: Talk) -> None:
    with talk.context.sessions.begin() as session:
        row = session.get_one(Canteen, 1)
        noon = register.Hours(time(11, 30), time(13), time(9))
        register.set_meals(session, row, {"午餐": noon}, town.act())
    talk.at(town.at(town.MONDAY, 9, 1))
    said = talk.say("改成去食堂吃", "change_order")
    assert said.text == "今天的午餐要在今天9点以前订，现在来不及了。午餐还照原来的给您安排。"
    assert _one(talk).way == DELIVERY


def test_what_they_must_not_eat_there_is_said(talk: Talk) -> None:
    with talk.context.sessions.begin() as session:
        town.provider(session, "福寿养老", "午餐")
        kitchen.cook(session, session.get_one(Canteen, 1), town.MONDAY, PEANUTS)
    said = talk.say("改成去食堂吃", "change_order")
    assert "您对花生过敏" in said.text
    assert said.text.endswith("午餐还照原来的给您安排。")


def test_another_kitchen_is_asked_anew(talk: Talk) -> None:
    """A provider that had accepted to bring it hasn't accepted guests."""
    number = _one(talk).id
    with talk.context.sessions.begin() as session:
        life.offer(session, number, 1, town.act(), places=5, due=town.at(town.MONDAY, 9))
        life.accept(session, number, town.act(), provider_id=1)
        assert session.get_one(Order, number).state == ACCEPTED
    talk.say("改成去食堂吃", "change_order")
    talk.say("对", "affirm")
    assert (_one(talk).state, _one(talk).provider_id) == (PLACED, None)
