"""A database that is really locked while somebody calls."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from structlog.testing import capture_logs

from bot.conversation import Conversation
from care.calls.notebook import Notebook
from care.handovers import service as handovers
from care.handovers.model import Handover
from care.storage.engine import Sessions, readers
from tests.conftest import NOW
from tests.voice.call.at_the_desk import GREETED
from tests.voice.call.exchange import Exchange
from tests.voice.call.fake_leg import FakeLeg
from tests.voice.call.virtual_loop import run

_GIVES_UP = 20
"""Milliseconds that a writer waits for the lock, instead of 15 s."""


@dataclass
class Night:
    """A database that somebody else keeps locked, and what writes when it is free."""

    sessions: Sessions
    conversation: Conversation
    notebook: Notebook
    other: sqlite3.Connection

    def lock(self) -> None:
        """Nobody else writes from now on."""
        self.other.execute("BEGIN IMMEDIATE")

    def free(self) -> None:
        """Everybody may write again."""
        self.other.execute("ROLLBACK")

    def call(self, course: Callable[[Exchange, FakeLeg], Coroutine[Any, Any, None]]) -> Exchange:
        """A caller presses 0 as soon as it is locked; hangs up after the course, if not in it."""

        async def whole() -> Exchange:
            exchange = Exchange(self.conversation, self.sessions, later=self.notebook.add)
            leg = exchange.ring()
            await asyncio.sleep(GREETED)
            self.lock()
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
        self.free()
        assert self.notebook.flush()
        assert all(each.requested_at == NOW for each in self.waiting())
        return [(each.reason, each.state) for each in self.waiting()]


@contextmanager
def open_night(sessions: Sessions, conversation: Conversation) -> Iterator[Night]:
    """Not locked yet."""
    engine = sessions.kw["bind"]
    event.listen(
        engine, "connect", lambda found, _: found.execute(f"PRAGMA busy_timeout={_GIVES_UP}")
    )
    engine.dispose()
    notebook = Notebook(sessions, every=0.001, retry=0.001)
    other = sqlite3.connect(engine.url.database, isolation_level=None)
    with capture_logs():  # a traceback for each of hundreds of tries takes its time
        yield Night(sessions, conversation, notebook, other)
    other.close()
    notebook.close()
