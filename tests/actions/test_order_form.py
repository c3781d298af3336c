"""Orders that were placed: checked, changed and cancelled, and only by those who may."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from care.orders import service as orders
from care.orders.model import Order
from tests.actions.bookings import placed_meal, placed_service
from tests.actions.driver import Said, Talk
from tests.conftest import NOW

LATER = "给我订大后天晚上一份清真,送到西关小区一号楼一单元101,我叫李秀英,电话13900000002"


@pytest.fixture
def theirs(calls: Callable[[str], Talk]) -> Order:
    """An order out of another conversation."""
    return placed_meal(calls("web-2"), LATER)


def _stored(talk: Talk, order: Order) -> Order:
    with talk.context.sessions() as session:
        found = session.get(Order, order.id)
    assert found is not None
    return found


def _shows(said: Said, order: Order) -> bool:
    return order.place in said.text


def test_ones_own_order_is_read_out(talk: Talk) -> None:
    order = placed_meal(talk)
    said = talk.say("我订的饭呢", "check_order")
    assert said.value("utter_order_placed", "ref") == order.ref
    assert order.place in (said.value("utter_order_placed", "order") or "")
    assert "13800000001" not in said.text


def test_all_of_ones_own_orders_soonest_first(talk: Talk) -> None:
    late, soon = placed_meal(talk, LATER), placed_meal(talk, LATER.replace("大后天", "明天"))
    said = talk.say("查订单", "check_order")
    assert [line.values["ref"] for line in said.lines] == [soon.ref, late.ref]


def test_one_of_several_by_its_reference(talk: Talk) -> None:
    first, _ = placed_meal(talk), placed_meal(talk, LATER)
    said = talk.say(f"单号{first.ref}", "check_order")
    assert [line.values.get("ref") for line in said.lines] == [first.ref]


def test_an_order_from_elsewhere_needs_reference_and_number(talk: Talk, theirs: Order) -> None:
    assert talk.say("我订的饭呢", "check_order").ask == "order_ref_asked"
    said = talk.say(f"{theirs.ref}")
    assert said.ask == "order_phone"
    assert not _shows(said, theirs)
    said = talk.say("13900000002")
    assert said.value("utter_order_placed", "ref") == theirs.ref
    assert _shows(said, theirs)
    assert said.ask is None


@pytest.mark.parametrize("task", ["check_order", "change_order", "cancel_order"])
def test_someone_elses_reference_shows_nothing(talk: Talk, theirs: Order, task: str) -> None:
    talk.say(f"单号{theirs.ref}", task)
    said = talk.say("13700000003")
    assert said.responses == ("utter_order_unknown",)
    assert said.offers == "person"
    assert said.ask is None
    assert not _shows(said, theirs)
    assert _stored(talk, theirs).state == "placed"


def test_a_reference_that_does_not_exist(talk: Talk, theirs: Order) -> None:
    free = "1000" if theirs.ref != "1000" else "1001"
    said = talk.say(f"单号{free}", "check_order")
    assert said.responses == ("utter_order_unknown",)
    assert said.offers == "person"


def test_no_reference_three_times_brings_a_person(talk: Talk) -> None:
    talk.say("我订的饭呢", "check_order")
    heard = [talk.say("咔嚓咔嚓", "nlu_fallback", 0.2) for _ in range(3)]
    assert [said.handover for said in heard] == [None, None, "unanswered"]
    assert [said.ask for said in heard] == ["order_ref_asked", "order_ref_asked", None]


def test_no_number_three_times_brings_a_person(talk: Talk, theirs: Order) -> None:
    talk.say(f"单号{theirs.ref}", "check_order")
    heard = [talk.say("咔嚓咔嚓", "nlu_fallback", 0.2) for _ in range(3)]
    assert [said.handover for said in heard] == [None, None, "unanswered"]
    assert not any(_shows(said, theirs) for said in heard)


def test_cancelling_asks_first(talk: Talk) -> None:
    order = placed_meal(talk)
    said = talk.say("那顿饭退了吧", "cancel_order")
    assert said.responses == ("utter_confirm_cancel",)
    assert _stored(talk, order).state == "placed"
    said = talk.say("对", "affirm")
    assert said.value("utter_cancelled", "ref") == order.ref
    assert said.ask is None
    assert _stored(talk, order).state == "cancelled"


def test_cancelling_by_reference_out_of_two(talk: Talk) -> None:
    kept, gone = placed_meal(talk), placed_meal(talk, LATER)
    said = talk.say(f"退掉单号{gone.ref}", "cancel_order")
    assert gone.place in (said.value("utter_confirm_cancel", "order") or "")
    talk.say("对", "affirm")
    assert [order.id for order in talk.open_orders()] == [kept.id]


def test_no_leaves_the_order_as_it_is(talk: Talk) -> None:
    order = placed_meal(talk)
    talk.say("那顿饭退了吧", "cancel_order")
    said = talk.say("不是", "deny")
    assert said.responses == ("utter_left_as_it_is",)
    assert said.ask is None
    assert _stored(talk, order).state == "placed"


def test_mumbling_never_cancels(talk: Talk) -> None:
    order = placed_meal(talk)
    talk.say("那顿饭退了吧", "cancel_order")
    heard = [talk.say("咔嚓咔嚓", "nlu_fallback", 0.2) for _ in range(3)]
    assert [said.handover for said in heard] == [None, None, "unanswered"]
    assert _stored(talk, order).state == "placed"


def test_an_order_from_elsewhere_is_cancelled_with_reference_and_number(
    talk: Talk, theirs: Order
) -> None:
    talk.say(f"退掉单号{theirs.ref}", "cancel_order")
    assert talk.say("13900000002").responses == ("utter_confirm_cancel",)
    talk.say("对", "affirm")
    assert _stored(talk, theirs).state == "cancelled"


def test_a_cancelled_order_says_so(talk: Talk) -> None:
    order = placed_meal(talk)
    talk.say("退了吧", "cancel_order")
    talk.say("对", "affirm")
    said = talk.say(f"单号{order.ref}", "cancel_order")
    assert said.value("utter_order_cancelled", "ref") == order.ref
    assert said.ask is None


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("改成大后天", "on", NOW.date() + timedelta(days=3)),
        ("改成三份", "count", 3),
        ("换成晚饭", "service", "晚餐"),
        ("送到西关小区一号楼一单元101", "place", "西关小区一号楼一单元101"),
    ],
)
def test_changing_one_thing_leaves_the_rest(
    talk: Talk, text: str, field: str, value: object
) -> None:
    order = placed_meal(talk)
    before = orders.wish_of(order)
    assert talk.say("我那顿饭要改一下", "change_order").ask == "change_to"
    said = talk.say(text)
    assert said.responses == ("utter_confirm_change",)
    assert orders.wish_of(_stored(talk, order)) == before
    said = talk.say("对", "affirm")
    assert said.value("utter_changed", "ref") == order.ref
    assert orders.wish_of(_stored(talk, order)) == orders.Wish(**(vars(before) | {field: value}))


def test_a_change_in_the_first_sentence(talk: Talk) -> None:
    order = placed_meal(talk)
    assert talk.say("把饭改成三份", "change_order").responses == ("utter_confirm_change",)
    talk.say("对", "affirm")
    assert _stored(talk, order).count == 3


def test_the_hour_of_a_service_is_changed(talk: Talk) -> None:
    order = placed_service(talk)
    talk.say("改成下午三点", "change_order")
    talk.say("对", "affirm")
    assert _stored(talk, order).at == time(15, 0)


def test_two_changes_add_up(talk: Talk) -> None:
    order = placed_meal(talk)
    talk.say("改成三份", "change_order")
    assert talk.say("还有改成晚饭", "correct").responses == ("utter_confirm_change",)
    talk.say("对", "affirm")
    assert (_stored(talk, order).count, _stored(talk, order).service) == (3, "晚餐")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("改成前天", "utter_date_past"),
        ("改成五十份", "utter_count_out_of_range"),
    ],
)
def test_an_impossible_change_is_refused_kindly(talk: Talk, text: str, problem: str) -> None:
    order = placed_meal(talk)
    before = orders.wish_of(order)
    talk.say("改一下订单", "change_order")
    said = talk.say(text)
    assert said.responses[0] == problem
    assert said.ask == "change_to"
    assert orders.wish_of(_stored(talk, order)) == before


def test_for_a_meal_that_is_over_the_next_is_proposed(talk: Talk) -> None:
    order = placed_meal(talk)
    said = talk.say("改成今天的早饭", "change_order")
    assert "今天7点30分以前订" in said.text
    assert said.responses[-1] == "utter_confirm_change"
    assert _stored(talk, order).service == "午餐"
    talk.say("对", "affirm")
    moved = _stored(talk, order)
    assert (moved.on, moved.service) == (NOW.date(), "午餐")


@pytest.mark.parametrize(("text", "intent"), [("算了不改了", "stop"), ("咔嚓", "nlu_fallback")])
def test_without_a_yes_nothing_is_changed(talk: Talk, text: str, intent: str) -> None:
    order = placed_meal(talk)
    talk.say("改成三份", "change_order")
    talk.say(text, intent)
    assert _stored(talk, order).count == 2


def test_no_to_the_change_asks_what_else(talk: Talk) -> None:
    order = placed_meal(talk)
    talk.say("改成三份", "change_order")
    assert talk.say("不对", "deny").ask == "change_to"
    talk.say("改成晚饭")
    talk.say("对", "affirm")
    stored = _stored(talk, order)
    assert (stored.count, stored.service) == (2, "晚餐")


def test_stopping_before_anything_was_told(talk: Talk) -> None:
    placed_meal(talk)
    talk.say("改一下订单", "change_order")
    said = talk.say("算了", "stop")
    assert said.responses == ("utter_left_as_it_is",)
    assert said.ask is None


def test_a_correction_after_the_order_was_placed_changes_it(talk: Talk) -> None:
    order = placed_meal(talk)
    assert talk.say("不对,是三份", "correct").responses == ("utter_confirm_change",)
    talk.say("对", "affirm")
    assert _stored(talk, order).count == 3


def test_a_late_meal_is_asked_about_like_an_alarm(talk: Talk) -> None:
    order = placed_meal(talk)
    said = talk.say("怎么还没来", "ask_alarm_status")
    assert said.value("utter_order_placed", "ref") == order.ref


def test_thanks_in_the_middle_keep_the_question_open(talk: Talk) -> None:
    talk.say("我订的饭呢", "check_order")
    said = talk.say("谢谢啊", "thanks")
    assert said.responses == ("utter_thanks", "utter_ask_order_form_order_ref_asked")
