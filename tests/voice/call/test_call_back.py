"""Callers to whom somebody was promised, while the database is really locked."""

import asyncio

from tests.voice.call.exchange import PROMPTS, Exchange
from tests.voice.call.fake_leg import FakeLeg
from tests.voice.call.night import Night
from voice.line.leg import Failed


def test_a_promised_call_back_is_kept_until_the_database_is_free(night: Night) -> None:
    async def nobody_comes(exchange: Exchange, _leg: FakeLeg) -> None:
        exchange.line.fails = Failed.BUSY
        await asyncio.sleep(25.0)

    exchange = night.call(nobody_comes)
    assert PROMPTS.operator_busy in exchange.voice.said
    assert not night.notebook.flush(0.05)
    assert night.waiting() == []
    assert night.freed() == [("call_back", "waiting")]


def test_who_hangs_up_while_a_person_is_looked_for_is_called_back(night: Night) -> None:
    async def gives_up(exchange: Exchange, leg: FakeLeg) -> None:
        exchange.line.rings = 8.0
        await asyncio.sleep(6.0)
        leg.put_down()

    night.call(gives_up)
    assert night.waiting() == []
    assert night.freed() == [("call_back", "waiting")]


def test_whom_an_operator_served_meanwhile_nobody_calls_back(night: Night) -> None:
    async def served(exchange: Exchange, _leg: FakeLeg) -> None:
        await asyncio.sleep(10.0)
        [operator] = exchange.line.operators
        operator.put_down()
        await asyncio.sleep(5.0)

    exchange = night.call(served)
    assert PROMPTS.operator_left in exchange.voice.said
    assert night.freed() == []
