"""A call with real sound, frames and database, on a clock that jumps."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.conversation import Conversation, Incoming
from bot.dialogue import Dialogue
from care.alarms import service as alarms
from care.conversations import model as conversations
from care.elders.model import Elder
from care.handovers import service as handovers
from care.storage.engine import Sessions
from tests.voice.call.exchange import PROMPTS, Exchange, with_dialogue
from tests.voice.call.virtual_loop import run
from voice.call.machine import Other
from voice.call.placed import Placed, Stage
from voice.call.setting import Purpose
from voice.line.leg import Ended, Failed, LegState, Pcm16

GREETED = 6.5
Make = Callable[..., Exchange]
Test = Callable[[Exchange], Coroutine[Any, Any, None]]


def _call(conversation: Conversation, sessions: Sessions, test: Test, **more: Any) -> Exchange:
    async def whole() -> Exchange:
        exchange = Exchange(conversation, sessions, **more)
        await test(exchange)
        await exchange.switchboard.stop()
        return exchange

    return run(whole())


def test_a_call_is_answered_greeted_and_understood(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def test(exchange: Exchange) -> None:
        leg = exchange.ring()
        await asyncio.sleep(GREETED)
        assert leg.state is LegState.UP
        assert leg.heard(0.0, 1.0) > 0.5
        leg.say(speech)
        await asyncio.sleep(6.0)
        assert leg.heard(GREETED + 2.0, GREETED + 6.0) > 1.0
        leg.put_down()
        await asyncio.sleep(1.0)

    exchange = _call(conversation, embedded, test, texts=["有哪些服务"])
    assert exchange.voice.said == [PROMPTS.greeting, "您说的是有哪些服务。"]
    [journal] = exchange.books.journals
    assert journal.why == Ended.THEY_HUNG_UP
    assert {"answered", "agreed", "heard", "said"} <= set(journal.kinds())
    said = [detail for kind, detail in journal.notes if kind == "said"]
    lengths = [len(PROMPTS.greeting) * 0.2, len("您说的是有哪些服务。") * 0.2]
    assert [detail["seconds"] for detail in said] == pytest.approx(lengths, abs=0.02)
    assert exchange.switchboard.calls == 0


def test_who_of_a_household_calls_stands_in_the_calls_book(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    with embedded.begin() as session:
        for nth, name in enumerate(("王桂兰", "李建国"), start=1):
            session.add(Elder(name=name, phone="04835551234", phone_nth=nth))

    async def test(exchange: Exchange) -> None:
        leg = exchange.ring(caller="04835551234")
        await asyncio.sleep(GREETED + 6.0)
        leg.say(speech)
        await asyncio.sleep(6.0)
        leg.put_down()

    exchange = _call(conversation, embedded, test, texts=["我是李建国"])
    assert PROMPTS.asks_name.format(name="王桂兰,还是李建国") in exchange.voice.said
    [journal] = exchange.books.journals
    told = [detail["elder"] for kind, detail in journal.notes if kind == "belongs"]
    assert [each for each in told if each] == [2]


def test_who_is_known_is_greeted_by_name(conversation: Conversation, embedded: Sessions) -> None:
    with embedded.begin() as session:
        session.add(Elder(name="王桂兰", phone="13800000001", address="东关小区3号楼"))

    async def test(exchange: Exchange) -> None:
        leg = exchange.ring(caller="+8613800000001")
        await asyncio.sleep(3.0)
        leg.put_down()

    exchange = _call(conversation, embedded, test)
    assert exchange.voice.said == [PROMPTS.greeting_named.format(name="王桂兰")]


def test_an_alarm_is_on_disk_while_the_caller_still_speaks_and_hanging_up_undoes_nothing(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def test(exchange: Exchange) -> None:
        leg = exchange.ring()
        await asyncio.sleep(GREETED)
        leg.say(speech)
        await asyncio.sleep(1.5)
        with embedded() as session:
            [alarm] = alarms.open_alarms(session)
        assert alarm.phone == "13800000001"
        leg.put_down(Ended.LOST)
        await asyncio.sleep(2.0)

    _call(conversation, embedded, test, texts=["我在厨房里摔倒了"])
    with embedded() as session:
        [alarm] = alarms.open_alarms(session)
        kinds = [event.kind for event in alarms.events(session, alarm)]
    assert kinds == ["raised", "said"]


def test_an_alarm_is_tried_until_the_database_takes_it(
    conversation: Conversation,
    embedded: Sessions,
    speech: Pcm16,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice, failures = Conversation.notice, iter([True, True, True])

    def locked(self: Conversation, incoming: Incoming) -> bool:
        if next(failures, False):
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        return notice(self, incoming)

    monkeypatch.setattr(Conversation, "notice", locked)

    async def test(exchange: Exchange) -> None:
        leg = exchange.ring()
        await asyncio.sleep(GREETED)
        leg.say(speech)
        await asyncio.sleep(1.0)
        leg.put_down()
        await asyncio.sleep(0.2)
        assert await exchange.alarms.close()

    exchange = _call(conversation, embedded, test, texts=["我摔倒了"])
    assert "alarm_stuck" in exchange.books.journals[0].kinds()
    with embedded() as session:
        assert len(alarms.open_alarms(session)) == 1


def test_without_the_dialogue_engine_an_operator_is_fetched_and_both_hear_each_other(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def test(exchange: Exchange) -> None:
        leg = exchange.ring()
        await asyncio.sleep(GREETED)
        leg.say(speech)
        await asyncio.sleep(12.0)
        [operator] = exchange.line.operators
        with embedded() as session:
            assert [each.state for each in handovers.waiting(session)] == ["claimed"]
        at, said = exchange.loop.time(), len(exchange.voice.said)
        leg.say(speech)
        operator.say(speech)
        await asyncio.sleep(3.0)
        assert operator.heard(at, at + 3.0) > 0.5
        assert leg.heard(at, at + 3.0) > 0.5
        assert len(exchange.voice.said) == said
        operator.put_down()
        await asyncio.sleep(4.0)
        assert leg.state is LegState.UP
        leg.put_down()
        await asyncio.sleep(1.0)

    rasa_is_gone = with_dialogue(conversation, Dialogue("http://127.0.0.1:9", timeout=1))
    exchange = _call(rasa_is_gone, embedded, test, texts=["高龄津贴多少钱"])
    assert PROMPTS.operator_left in exchange.voice.said
    with embedded() as session:
        assert handovers.waiting(session) == []


@pytest.mark.parametrize("why", [Failed.BUSY, Failed.NO_ANSWER])
def test_a_caller_is_never_dropped_because_no_operator_comes(
    conversation: Conversation, embedded: Sessions, why: Failed
) -> None:
    async def test(exchange: Exchange) -> None:
        exchange.line.fails = why
        leg = exchange.ring()
        await asyncio.sleep(GREETED)
        leg.press("0")
        await asyncio.sleep(40.0)
        assert leg.state is LegState.UP
        leg.put_down()
        await asyncio.sleep(1.0)

    exchange = _call(conversation, embedded, test)
    assert PROMPTS.operator_busy in exchange.voice.said
    with embedded() as session:
        assert len(handovers.waiting(session)) == 1


def test_an_operator_who_is_called_for_nobody_is_let_go(
    conversation: Conversation, embedded: Sessions
) -> None:
    async def test(exchange: Exchange) -> None:
        exchange.line.rings = 8.0
        leg = exchange.ring()
        await asyncio.sleep(GREETED)
        leg.press("0")
        await asyncio.sleep(9.0)
        leg.put_down()
        await asyncio.sleep(20.0)

    exchange = _call(conversation, embedded, test)
    assert all(operator.state is LegState.GONE for operator in exchange.line.operators)
    assert exchange.switchboard.calls == 0


def test_broken_ears_are_admitted_to_and_bring_a_person_in_the_end(
    conversation: Conversation, embedded: Sessions
) -> None:
    async def test(exchange: Exchange) -> None:
        exchange.deaf = True
        leg = exchange.ring()
        await asyncio.sleep(40.0)
        assert exchange.line.operators
        leg.put_down()
        await asyncio.sleep(1.0)

    exchange = _call(conversation, embedded, test)
    assert set(PROMPTS.not_heard) & set(exchange.voice.said)


def test_a_broken_voice_still_brings_an_operator(
    conversation: Conversation, embedded: Sessions
) -> None:
    async def test(exchange: Exchange) -> None:
        exchange.voice.broken = True
        leg = exchange.ring()
        await asyncio.sleep(5.0)
        assert exchange.line.operators
        assert leg.heard(0.0, 5.0) > 0.3
        leg.put_down()
        await asyncio.sleep(1.0)

    _call(conversation, embedded, test)


def test_a_conversation_that_raises_is_no_silence(
    conversation: Conversation,
    embedded: Sessions,
    speech: Pcm16,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(self: Conversation, incoming: Incoming) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(Conversation, "handle", locked)

    async def test(exchange: Exchange) -> None:
        leg = exchange.ring()
        await asyncio.sleep(GREETED)
        leg.say(speech)
        await asyncio.sleep(12.0)
        assert exchange.line.operators
        leg.put_down()
        await asyncio.sleep(1.0)

    exchange = _call(conversation, embedded, test, texts=["高龄津贴多少钱"])
    assert PROMPTS.trouble in exchange.voice.said


def test_when_all_lines_are_busy_callers_wait_their_turn(
    conversation: Conversation, embedded: Sessions
) -> None:
    async def test(exchange: Exchange) -> None:
        first = exchange.ring("a", "13800000001")
        await asyncio.sleep(1.0)
        second = exchange.ring("b", "13800000002")
        await asyncio.sleep(15.0)
        assert second.state is LegState.UP
        assert second.heard(12.0, 16.0) > 0.2  # the tone between two words
        first.put_down()
        await asyncio.sleep(8.0)
        second.put_down()
        await asyncio.sleep(1.0)

    exchange = _call(conversation, embedded, test, limit=1)
    assert exchange.voice.said.count(PROMPTS.greeting) == 2
    assert PROMPTS.queue.format(position=1) + PROMPTS.queue_recorded in exchange.voice.said


def test_two_who_call_from_one_number_are_two_callers(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def test(exchange: Exchange) -> None:
        first, second = exchange.ring("a"), exchange.ring("b")
        await asyncio.sleep(GREETED)
        numbers = set(exchange.switchboard.companies)
        assert len(numbers) == 2
        second.press("0")
        await asyncio.sleep(12.0)
        first.put_down()
        second.put_down()
        await asyncio.sleep(1.0)
        third = exchange.ring("c")
        await asyncio.sleep(GREETED)
        assert set(exchange.switchboard.companies) < numbers, "as ever, when one calls again"
        third.put_down()

    _call(conversation, embedded, test)
    with embedded() as session:
        senders = [row.sender_id for row in session.query(conversations.Conversation)]
        assert senders == ["tel:13800000001", "call:b"]
        [second_only] = [
            row.id
            for row in session.query(conversations.Conversation)
            if handovers.events(session, row.id)
        ]
        assert second_only == 2


def test_an_emergency_gets_through_the_queue(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def test(exchange: Exchange) -> None:
        first = exchange.ring("a", "13800000001")
        await asyncio.sleep(1.0)
        second = exchange.ring("b", "13800000002")
        await asyncio.sleep(15.0)
        second.say(speech)
        await asyncio.sleep(8.0)
        first.put_down()
        second.put_down()
        await asyncio.sleep(1.0)

    exchange = _call(conversation, embedded, test, limit=1, texts=["我摔倒了"])
    with embedded() as session:
        [alarm] = alarms.open_alarms(session)
    assert alarm.phone == "13800000002"
    assert "admitted" in exchange.books.journals[1].kinds()


def test_a_call_that_we_place_speaks_to_whoever_picks_up(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def test(exchange: Exchange) -> None:
        purpose = Purpose("您好,我是12349的自动助手。今天的午饭收到了吗?", expects="confirmed")
        placed = Placed()
        placing = asyncio.create_task(exchange.switchboard.place("13800000001", purpose, placed))
        await asyncio.sleep(3.0)
        [leg] = exchange.line.operators
        leg.say(speech[:8000])
        await asyncio.sleep(5.0)
        assert placed == Placed(Stage.TALKING)
        leg.put_down()
        await placing
        assert placed == Placed(Stage.OVER, reached=Other.PERSON)

    exchange = _call(conversation, embedded, test, texts=["喂", "收到了"])
    assert exchange.voice.said[0].startswith("您好,我是12349")
