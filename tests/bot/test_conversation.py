"""The conversation around the dialogue engine: take-over, open questions, fresh starts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from bot.conversation import Conversation, Incoming
from bot.dialogue import Dialogue
from bot.question import Asked
from care.alarms import service as alarms
from care.clock import Clock
from care.conversations import service as conversations
from care.conversations.model import Conversation as Row
from care.elders.model import Elder
from care.handovers import service as handovers
from care.orders import service as orders
from care.orders.model import Order
from care.orders.steps import Act
from care.settings import Settings
from care.storage.engine import Sessions
from hotline.app import build_parts
from tests.conftest import NOW
from tests.databases import ELDER_KEY
from tests.serving import serving


class Hand:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def conversation(embedded: Sessions, clock: Clock) -> Conversation:
    settings = Settings(
        database_url=str(embedded.kw["bind"].url),
        rasa_url="http://127.0.0.1:9",
        elder_key=ELDER_KEY,
    )
    return build_parts(settings, clock).conversation


def _row(embedded: Sessions) -> Row:
    with embedded.begin() as session:
        return conversations.open_conversation(session, sender_id="a", channel="web", now=NOW)


def test_the_assistant_is_silent_while_an_operator_talks(
    conversation: Conversation, embedded: Sessions
) -> None:
    conversation.handle(Incoming("a", "转人工"))
    with embedded.begin() as session:
        [waiting] = handovers.waiting(session)
        handovers.claim(session, waiting.id, operator="张敏", now=NOW)
    answer = conversation.handle(Incoming("a", "高龄津贴多少钱"))
    assert answer.replies == ()
    assert answer.handover
    with embedded() as session:
        said = [u.text for u in conversations.transcript(session, waiting.conversation_id)]
    assert said[-1] == "高龄津贴多少钱"


def test_a_new_alarm_is_answered_even_then_and_what_follows_is_the_operators(
    conversation: Conversation, embedded: Sessions
) -> None:
    conversation.handle(Incoming("a", "转人工"))
    with embedded.begin() as session:
        [waiting] = handovers.waiting(session)
        handovers.claim(session, waiting.id, operator="张敏", now=NOW)
    raised = conversation.handle(Incoming("a", "哎呀我摔倒了起不来"))
    assert raised.emergency
    assert raised.replies
    followed = conversation.handle(Incoming("a", "在东关小区三号楼"))
    assert followed.replies == ()
    with embedded() as session:
        alarm = alarms.open_alarm(session, waiting.conversation_id)
    assert alarm is not None
    assert alarm.place
    assert "东关小区" in alarm.place


def test_an_alarm_knows_the_caller_from_the_telephone_network(
    conversation: Conversation, embedded: Sessions
) -> None:
    with embedded.begin() as session:
        session.add(Elder(name="王桂兰", phone="13800000001", address="东关小区3号楼"))
    incoming = Incoming("a", "救命啊", channel="phone", caller_phone="13800000001")
    conversation.handle(incoming)
    with embedded() as session:
        [alarm] = alarms.open_alarms(session)
    assert (alarm.person, alarm.place, alarm.phone) == ("王桂兰", "东关小区3号楼", "13800000001")


def test_an_alarm_knows_the_place_from_the_last_order(
    conversation: Conversation, embedded: Sessions
) -> None:
    row = _row(embedded)
    wish = orders.Wish("午餐", NOW.date(), "和平小区6号楼", "李国强", "13900000000")
    with embedded.begin() as session:
        orders.place(session, wish, conversation_id=row.id, now=NOW)
    conversation.handle(Incoming("a", "我胸口疼得厉害"))
    with embedded() as session:
        [alarm] = alarms.open_alarms(session)
    assert (alarm.person, alarm.place) == ("李国强", "和平小区6号楼")


@pytest.mark.parametrize(("said", "raised"), [("要", True), ("不用了", False)])
def test_do_you_need_help_at_once(
    conversation: Conversation, embedded: Sessions, said: str, raised: bool
) -> None:
    row = _row(embedded)
    with embedded.begin() as session:
        conversations.set_pending(session, row.id, "emergency")
    answer = conversation.handle(Incoming("a", said))
    assert answer.emergency is raised
    assert answer.replies


def test_an_open_question_is_forgotten_after_a_long_silence(
    conversation: Conversation, embedded: Sessions, clock: Hand
) -> None:
    row = _row(embedded)
    with embedded.begin() as session:
        conversations.set_pending(session, row.id, "emergency")
    clock.now = NOW + timedelta(minutes=31)
    assert not conversation.handle(Incoming("a", "要")).emergency


def test_an_alarm_ends_a_half_filled_booking(
    conversation: Conversation, embedded: Sessions
) -> None:
    before = _row(embedded).dialogue_id
    conversation.handle(Incoming("a", "救命"))
    assert _row(embedded).dialogue_id != before


def test_nothing_heard_is_said_in_two_ways(conversation: Conversation) -> None:
    first = conversation.handle(Incoming("a", "……"))
    second = conversation.handle(Incoming("a", "……"))
    assert first.replies[0].text != second.replies[0].text
    assert not second.handover


class _Wonders:
    """Has one question."""

    def __init__(self) -> None:
        self.noted: list[int] = []

    def next(self, session: Session, row: Row, now: datetime) -> Asked | None:
        return None if self.noted else Asked("要不要？", "confirmed", Order())

    def asked(self, session: Session, order: Order, utterance_id: int, act: Act) -> None:
        self.noted.append(utterance_id)


def test_something_is_asked_once_their_own_concern_is_answered(
    conversation: Conversation, embedded: Sessions
) -> None:
    wonders = _Wonders()
    engine = FastAPI()
    said = iter([[{"text": "几份？"}, {"custom": {"expects": "count"}}],
                 [{"text": "订好了。"}, {"custom": {"settled": True}}]])  # fmt: skip
    engine.post("/webhooks/rest/webhook")(lambda: next(said))
    with serving(engine) as address:
        asks = replace(conversation, dialogue=Dialogue(address, 5), questions=(wonders,))
        first = asks.handle(Incoming("a", "我要订饭"))
        assert [reply.text for reply in first.replies] == ["几份？"]
        second = asks.handle(Incoming("a", "两份"))
    assert [reply.text for reply in second.replies] == ["订好了。", "要不要？"]
    assert second.expects == "confirmed"
    with embedded() as session:
        last = conversations.last_by(session, _row(embedded).id, speaker="assistant")
    assert wonders.noted == [last]


def test_whoever_waits_for_a_person_is_asked_nothing(
    conversation: Conversation, embedded: Sessions
) -> None:
    conversation.handle(Incoming("a", "转人工"))
    wonders = _Wonders()
    engine = FastAPI()
    engine.post("/webhooks/rest/webhook")(
        lambda: [{"text": "订好了。"}, {"custom": {"settled": True}}]
    )
    with serving(engine) as address:
        asks = replace(conversation, dialogue=Dialogue(address, 5), questions=(wonders,))
        asks.handle(Incoming("a", "两份"))
    assert wonders.noted == []
