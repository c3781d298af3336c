"""Who has ordered a meal already hears so, and doesn't get a second one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from care.elders.model import Elder
from care.orders import service as orders
from care.orders.model import Order
from care.orders.state import PLACED
from tests.actions.bookings import MEAL, placed_meal
from tests.actions.driver import Talk
from tests.care.orders import town

PHONE = "13800000001"
Calls = Callable[[str], Talk]


@pytest.fixture
def known(calls: Calls) -> Talk:
    """王桂兰, who calls on her own number."""
    talk = calls(f"tel:{PHONE}")
    with talk.context.sessions.begin() as session:
        session.get_one(Elder, town.elder(session)).address = "东关小区3号楼501"
    return talk


def _lunch(talk: Talk, *, draft: bool = False) -> Order:
    """Her lunch of the day after tomorrow, as the desk has written it down."""
    write = orders.draft if draft else orders.place
    with talk.context.sessions.begin() as session:
        wish = replace(town.LUNCH, elder_id=1)
        return write(session, wish, conversation_id=None, now=talk.context.now())


def test_it_is_said_as_soon_as_day_and_meal_are_told(known: Talk) -> None:
    order = _lunch(known)
    said = known.say("给我订后天中午的饭", "order_meal")
    assert said.text == (
        f"后天的午餐已经给您记了2份，单号{order.ref}。"
        "想多要，您就说改成几份；给别人订，您带上名字再说一遍。"
    )
    assert (known.form, said.ask) == (None, None)
    said = known.say("改成三份", "change_order")
    assert "3份" in (said.value("utter_confirm_change", "order") or "")
    known.say("对", "affirm")
    with known.context.sessions() as session:
        assert session.get_one(Order, order.id).count == 3


def test_for_somebody_else_it_is_another_meal(known: Talk) -> None:
    _lunch(known)
    said = known.say(
        "后天中午一份,没有忌口,送到西关小区一号楼101,我叫李秀英,电话13900000002", "order_meal"
    )
    assert said.read_back


def test_a_stranger_hears_no_number_of_the_order(talk: Talk, known: Talk) -> None:
    order = _lunch(known)
    said = talk.say(MEAL, "order_meal")
    assert said.text == "后天的午餐已经订过了，不用再订。要改的话，您报一下单号，或者说转人工。"
    assert order.ref not in said.text
    assert talk.form is None


def test_what_waits_for_a_yes_gets_its_yes(known: Talk) -> None:
    order = _lunch(known, draft=True)
    said = known.say("给我订后天中午的饭", "order_meal")
    assert said.value("utter_order_draft", "ref") == order.ref
    assert said.ask == "confirmed"
    known.say("要", "affirm")
    with known.context.sessions() as session:
        assert session.get_one(Order, order.id).state == PLACED


def test_somebody_was_quicker_than_the_yes(known: Talk) -> None:
    known.say("后天中午两份,没有忌口", "order_meal")
    known.say("对", "affirm")
    assert known.last.read_back
    _lunch(known)
    said = known.say("对", "affirm")
    assert "已经给您记了2份" in said.text
    assert known.open_orders() == []


def test_an_order_isnt_put_off_onto_another(talk: Talk) -> None:
    first = placed_meal(talk)
    second = placed_meal(talk, MEAL.replace("后天", "大后天"))
    said = talk.say(f"单号{first.ref}的改到大后天", "change_order")
    assert f"大后天的午餐已经给您记了2份，单号{second.ref}。" in said.text
    assert said.ask == "change_to"
    assert [order.on for order in talk.open_orders()] == [town.MONDAY, town.MONDAY + timedelta(1)]
