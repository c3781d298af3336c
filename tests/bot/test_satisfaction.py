"""The question after a service, asked in the elder's own conversation, and what they answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation import Incoming
from bot.question import ask_one
from bot.reply import Reply
from bot.satisfaction import Satisfaction
from care.catalogue.service import Catalogue
from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.data_files import DATA
from care.orders import life
from care.orders import service as orders
from care.orders.model import Order
from care.orders.state import DONE, REVIEWED
from care.orders.steps import BY_CODE
from care.satisfaction import service as satisfaction
from care.satisfaction.words import Words
from care.storage.engine import Sessions
from care.wechat import users
from care.wechat.model import WechatOutgoing
from tests.care.orders import town
from tests.conftest import NOW

CATALOGUE = Catalogue.load(DATA)


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
    errand = Satisfaction(sessions, lambda: NOW, Words.own(), CATALOGUE)
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


def test_that_it_was_done_is_kept_before_how_it_was(embedded: Sessions, row: Conversation) -> None:
    ask(embedded)
    with embedded() as session:
        [said] = conversations.said_unasked(session, row.id, after=0)
    assert "是做完了吗" in said.text
    assert answer(embedded, row, "是的，做完了") is None  # more than that is heard by others
    assert "几分" in (answer(embedded, row, "做完了。") or "")
    with embedded.begin() as session:
        kinds = [each.kind for each in orders.events(session, session.get_one(Order, 1))]
        conversations.record(session, conversation=row, speaker="assistant", text="几分", now=NOW)
    assert kinds[-1] == satisfaction.DONE_SAID
    assert answer(embedded, row, "做完了") is None
    assert "4分" in (answer(embedded, row, "四分") or "")


def test_after_the_elders_code_nobody_doubts_that_it_was_done(embedded: Sessions) -> None:
    with embedded.begin() as session:
        town.provider(session, "康乐", "理发")
        orders_, coded = [town.place(session), town.place(session)], ("provider", BY_CODE)
        for order, how in zip(orders_, coded, strict=True):
            life.offer(session, order.id, 1, town.act(), places=5, due=NOW)
            for step in (life.accept, life.start):
                step(session, order.id, town.act(), provider_id=1)
            life.finish(session, order.id, life.Act("小李", NOW, how), provider_id=1)
        assert [satisfaction.is_sure(session, order) for order in orders_] == [False, True]


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


def test_on_the_telephone_it_is_asked_when_they_call_next(embedded: Sessions) -> None:
    done(embedded)
    errand = Satisfaction(embedded, lambda: NOW, Words.own(), CATALOGUE)
    for sender, expected in (("tel:13700000003", False), ("tel:13800000001", True)):
        with embedded.begin() as session:
            row = conversations.open_conversation(
                session, sender_id=sender, channel="phone", now=NOW
            )
            session.flush()
            found = ask_one((errand,), session, row, (Reply("好。"),), NOW + timedelta(days=2))
            assert (found is not None) is expected
    assert found is not None
    assert "上门理发" in found.text
    with embedded.begin() as session:
        assert ask_one((errand,), session, row, (), NOW + timedelta(days=2)) is None
    said = errand.settle(row, Incoming("tel:13800000001", "好", "phone"), "好")
    assert said is not None
    assert (order_of(embedded).state, order_of(embedded).score) == (REVIEWED, 4)


def test_how_it_was_long_ago_nobody_is_asked(embedded: Sessions) -> None:
    done(embedded)
    with embedded.begin() as session:
        row = conversations.open_conversation(
            session, sender_id="tel:13800000001", channel="phone", now=NOW
        )
        session.flush()
        assert satisfaction.unasked(session, row.id, NOW + timedelta(days=6)) is not None
        assert satisfaction.unasked(session, row.id, NOW + timedelta(days=10)) is None


def test_of_a_closed_order_a_word_counts_only_behind_the_question(
    embedded: Sessions, row: Conversation
) -> None:
    ask(embedded)
    with embedded.begin() as session:
        life.close(session, 1, town.act())
    assert "4分" in (answer(embedded, row, "好") or "")


def test_in_wechat_it_goes_out_while_the_platform_allows_it(embedded: Sessions) -> None:
    done(embedded)
    with embedded.begin() as session:
        row = conversations.open_conversation(
            session, sender_id="wechat:o-1", channel="wechat", now=NOW
        )
        session.flush()
        session.get_one(Order, 1).conversation_id = row.id
        user = users.user(session, "o-1", NOW)
        user.conversation_id, user.wrote_at, user.follows = row.id, NOW, True
    assert not ask(embedded, hours=49)
    assert ask(embedded, hours=47)
    assert not ask(embedded, hours=47)
    with embedded() as session:
        [out] = session.scalars(select(WechatOutgoing))
    assert (out.openid, out.key) == ("o-1", "asked:1")
    assert "上门理发" in out.text
    assert "4分" in (answer(embedded, row, "好") or "")


def done(sessions: Sessions) -> None:
    """The haircut of 王桂兰 was done; somebody ordered it at the desk."""
    with sessions.begin() as session:
        elder = town.elder(session)
        number = town.provider(session, "康乐", "理发")
        order = town.place(session, replace(town.HAIRCUT, elder_id=elder))
        life.offer(session, order.id, number, town.act(), places=5, due=NOW)
        for step in (life.accept, life.start, life.finish):
            step(session, order.id, town.act(), provider_id=number)
