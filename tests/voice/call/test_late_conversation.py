"""Calls that begin while the database is really locked, and go on when it is free again."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from care.alarms import service as alarms
from care.calls import service as calls
from care.data_files import DATA
from care.desk import seats
from care.desk.queue import Queue, look
from care.desk.state import SeatState
from care.desk.words import Words
from tests.conftest import NOW
from tests.voice.call.at_the_desk import GREETED, OPERATORS, DeskExchange
from tests.voice.call.night import Night
from tests.voice.call.virtual_loop import run
from voice.call.books import CallBooks
from voice.line.leg import LegState, Pcm16


def call(night: Night, course: Callable[[DeskExchange], Coroutine[Any, Any, None]]) -> None:
    """Operators are at the desk; somebody calls into the locked database, and is greeted."""

    async def whole() -> None:
        books = CallBooks(
            night.notebook, None, lambda: NOW, channel="sip", process="a", peer="http://127.0.0.1"
        )
        exchange = DeskExchange(
            night.conversation,
            night.sessions,
            texts=["我在厨房里摔倒了"],
            operators=(),
            own_books=books,
            later=night.notebook.add,
        )
        with night.sessions.begin() as session:
            for name in OPERATORS:
                seats.choose(session, name, SeatState.AVAILABLE, NOW)
        night.lock()
        exchange.leg = exchange.ring()
        await asyncio.sleep(GREETED)
        assert exchange.leg.heard(0.0, 1.5) > 0.5, "the greeting waits for no database"
        assert exchange.switchboard.companies == {}
        await course(exchange)
        assert exchange.leg.state is LegState.UP
        exchange.leg.put_down()
        await asyncio.sleep(5.0)
        await exchange.switchboard.stop()

    run(whole())


def desk(night: Night) -> Queue:
    with night.sessions() as session:
        return look(session, Words.load(DATA), NOW)


def test_the_desk_sees_the_call_and_takes_it_over_as_soon_as_it_can(
    night: Night, speech: Pcm16
) -> None:
    async def freed(exchange: DeskExchange) -> None:
        night.free()
        await asyncio.sleep(1.5)
        assert [talk.conversation_id for talk in desk(night).talks] == [exchange.number]
        await exchange.claim()
        assert exchange.holder() == ("claimed", "zhangmin")
        operator = await exchange.join()
        operator.say(speech)
        assert await exchange.hears(exchange.leg) > 0.5
        exchange.leg.say(speech)
        assert await exchange.hears(operator) > 0.5

    call(night, freed)
    assert night.notebook.flush()
    with night.sessions() as session:
        [record] = calls.recent(session)
        assert record.conversation_id is not None
        assert record.peer == "http://127.0.0.1"


def test_a_cry_for_help_meanwhile_is_an_alarm_of_that_conversation(
    night: Night, speech: Pcm16
) -> None:
    async def cries(exchange: DeskExchange) -> None:
        exchange.leg.say(speech)
        await asyncio.sleep(4.0)
        night.free()
        await asyncio.sleep(3.0)
        with night.sessions() as session:
            [alarm] = alarms.open_alarms(session)
        assert alarm.conversation_id == exchange.number
        assert exchange.number in exchange.switchboard.companies
        await exchange.claim()

    call(night, cries)
