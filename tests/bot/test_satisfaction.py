"""The question after a service, asked in the elder's own conversation, and what they answer."""

from datetime import timedelta

import pytest

from bot.conversation import Incoming
from bot.satisfaction import Satisfaction
from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.orders import life
from care.orders import service as orders
from care.orders.model import Order
from care.orders.state import DONE, REVIEWED
from care.satisfaction import service as satisfaction
from care.satisfaction.words import Words
from care.storage.engine import Sessions
from tests.care.orders import town
from tests.conftest import NOW


@pytest.fixture
def row(embedded: Sessions) -> Conversation:
    """Somebody who ordered a haircut in writing, which is done."""
    with embedded.begin() as session:
        found = conversations.open_conversation(session, sender_id="a", channel="web", now=NOW)
        session.flush()
        number = town.provider(session, "康乐", "理发")
        order = orders.place(session, town.HAIRCUT, conversation_id=found.id, now=NOW)
        due = town.at(town.MONDAY, 9)
        life.offer(session, order.id, number, town.act(), places=5, due=due)
        for step in (life.accept, life.start, life.finish):
            step(session, order.id, town.act(), provider_id=number)
    return found


def order_of(sessions: Sessions) -> Order:
    """Their only order."""
    return town.stored(sessions, 1)


def ask(sessions: Sessions, **later: float) -> bool:
    """The question, so much later."""
    with sessions.begin() as session:
        order = session.get_one(Order, 1)
        return satisfaction.ask(session, order, "上门理发", NOW + timedelta(**later))


def answer(sessions: Sessions, row: Conversation, text: str) -> str | None:
    """What is said to that."""
    errand = Satisfaction(sessions, lambda: NOW, Words.own())
    said = errand.settle(row, Incoming("a", text), text)
    return said.replies[0].text if said else None


def test_it_is_asked_once_and_the_answer_is_kept(embedded: Sessions, row: Conversation) -> None:
    assert answer(embedded, row, "很满意") is None
    assert ask(embedded)
    assert not ask(embedded)
    with embedded() as session:
        [said] = conversations.said_unasked(session, row.id, after=0)
    assert "上门理发" in said.text
    assert "4分" in (answer(embedded, row, "好") or "")
    assert (order_of(embedded).state, order_of(embedded).score) == (REVIEWED, 4)
    assert answer(embedded, row, "好") is None


def test_whoever_is_long_gone_is_not_asked(embedded: Sessions, row: Conversation) -> None:
    assert not ask(embedded, hours=13)


def test_after_something_else_was_said_a_mere_word_is_no_answer(
    embedded: Sessions, row: Conversation
) -> None:
    ask(embedded)
    with embedded.begin() as session:
        conversations.record(session, conversation=row, speaker="assistant", text="几点？", now=NOW)
    assert answer(embedded, row, "好") is None
    assert order_of(embedded).state == DONE
    assert "投诉" in (answer(embedded, row, "不满意") or "")
    assert order_of(embedded).score == 2
