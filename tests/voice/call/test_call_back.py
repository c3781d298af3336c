"""Callers to whom somebody was promised, while the database is really locked."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import event
from structlog.testing import capture_logs

from bot.conversation import Conversation
from care.calls.notebook import Notebook
from care.handovers import service as handovers
from care.handovers.model import Handover
from care.storage.engine import Sessions, readers
from tests.conftest import NOW
from tests.voice.call.exchange import PROMPTS, Exchange
from tests.voice.call.fake_leg import FakeLeg
from tests.voice.call.virtual_loop import run
from voice.line.leg import Failed

GREETED = 6.5
_GIVES_UP = 20
"""Milliseconds that a writer waits for the lock, instead of 15 s."""


@dataclass
class Night:
    """A database that somebody else keeps locked, and what writes when it is free."""

    sessions: Sessions
    conversation: Conversation
    notebook: Notebook
    other: sqlite3.Connection

    def call(self, course: Callable[[Exchange, FakeLeg], Coroutine[Any, Any, None]]) -> Exchange:
        """A caller presses 0 as soon as it is locked; hangs up after the course, if not in it."""

        async def whole() -> Exchange:
            exchange = Exchange(self.conversation, self.sessions, later=self.notebook.add)
            leg = exchange.ring()
            await asyncio.sleep(GREETED)
            self.other.execute("BEGIN IMMEDIATE")
            leg.press("0")
            await course(exchange, leg)
            leg.put_down()
            await asyncio.sleep(5.0)
            await exchange.switchboard.stop()
            return exchange

        return run(whole())

    def waiting(self) -> list[Handover]:
        """Callers in the queue."""
        with readers(self.sessions)() as session:
            return handovers.waiting(session)

    def freed(self) -> list[tuple[str, str]]:
        """Who waits, and what for, when the database could be written to again."""
        self.other.execute("ROLLBACK")
        assert self.notebook.flush()
        assert all(each.requested_at == NOW for each in self.waiting())
        return [(each.reason, each.state) for each in self.waiting()]


@pytest.fixture
def night(embedded: Sessions, conversation: Conversation) -> Iterator[Night]:
    engine = embedded.kw["bind"]
    event.listen(
        engine, "connect", lambda found, _: found.execute(f"PRAGMA busy_timeout={_GIVES_UP}")
    )
    engine.dispose()
    notebook = Notebook(embedded, every=0.001, retry=0.001)
    other = sqlite3.connect(engine.url.database, isolation_level=None)
    with capture_logs():  # a traceback for each of hundreds of tries takes its time
        yield Night(embedded, conversation, notebook, other)
    other.close()
    notebook.close()


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
