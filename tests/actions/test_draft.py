"""A draft that is settled by its number: whoever was told it may say yes or no."""

from collections.abc import Callable

import pytest

from care.orders import service as orders
from care.orders.attention import ALLERGY
from care.orders.model import Order
from care.orders.steps import ask_desk
from tests.actions.driver import Talk
from tests.care.orders.town import HAIRCUT, act
from tests.conftest import NOW


@pytest.fixture
def draft(talk: Talk) -> Order:
    """Made at the desk, for somebody who isn't known by their number."""
    with talk.context.sessions.begin() as session:
        return orders.draft(session, HAIRCUT, conversation_id=None, now=NOW, by="李娜")


def _state(talk: Talk, order: Order) -> str:
    with talk.context.sessions() as session:
        return session.get_one(Order, order.id).state


@pytest.mark.parametrize(
    ("words", "intent", "state"),
    [
        ("要", "inform", "placed"),
        ("好", "affirm", "placed"),
        ("还是来吧", "inform", "placed"),
        ("不要了", "deny", "cancelled"),
        ("算了,不要了", "inform", "cancelled"),
    ],
)
def test_by_its_number_and_a_word(
    talk: Talk, draft: Order, words: str, intent: str, state: str
) -> None:
    assert talk.say(f"单号{draft.ref}", "check_order").ask == "order_phone"
    said = talk.say("13800000001")
    assert said.responses == ("utter_order_draft", "utter_confirm_draft")
    assert _state(talk, draft) == "draft"
    talk.say(words, intent)
    assert _state(talk, draft) == state


def test_whoever_agrees_to_another_day_has_agreed(talk: Talk, draft: Order) -> None:
    talk.say(f"单号{draft.ref}改一下", "change_order")
    talk.say("13800000001")
    assert talk.say("改到11月25号").responses == ("utter_confirm_change",)
    assert talk.say("对", "affirm").responses == ("utter_changed",)
    with talk.context.sessions() as session:
        found = session.get_one(Order, draft.id)
    assert (found.state, found.on.day, found.attention) == ("placed", 25, None)


def test_a_meal_that_harms_is_no_order_with_another_number(talk: Talk, draft: Order) -> None:
    with talk.context.sessions.begin() as session:
        ask_desk(session, session.get_one(Order, draft.id), ALLERGY, act())
    talk.say(f"单号{draft.ref}改一下", "change_order")
    talk.say("13800000001")
    assert talk.say("电话改成13900000007").responses == ("utter_confirm_change",)
    assert talk.say("对", "affirm").responses == ("utter_changed",)
    assert _state(talk, draft) == "draft"


def test_the_number_of_the_order_alone_is_nothing(
    calls: Callable[[str], Talk], talk: Talk, draft: Order
) -> None:
    stranger = calls("web-9")
    stranger.say(f"单号{draft.ref}", "check_order")
    said = stranger.say("13900000007")
    assert said.responses == ("utter_order_unknown",)
    stranger.say("要", "affirm")
    assert _state(talk, draft) == "draft"


def test_neither_yes_nor_no_is_asked_again(talk: Talk, draft: Order) -> None:
    talk.say(f"单号{draft.ref}", "check_order")
    talk.say("13800000001")
    assert talk.say("咔嚓", "nlu_fallback", 0.2).responses == ("utter_unclear",)
    assert talk.say("要").responses == ("utter_draft_confirmed",)
