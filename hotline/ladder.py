"""The ladder of alarms in a running process: who is told by which way comes from the settings."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from care.alarms.keeper import Keeper
from care.alarms.ladder import Ladder
from care.alarms.words import Words
from care.clock import Clock
from care.settings import Settings
from care.storage.engine import Sessions, open_engine, open_sessions
from hotline.notifier import Telephones, build_notifier


@dataclass(frozen=True)
class Climbing:
    """The ladder and the connections that it has to itself: no crowd of pages holds it up."""

    keeper: Keeper
    engine: Engine

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Alarms climb for as long as the block; the next start goes on where it ends."""
        self.keeper.start()
        try:
            yield
        finally:
            await asyncio.to_thread(self.keeper.stop)
            self.engine.dispose()


def build_climbing(
    settings: Settings, sessions: Sessions, clock: Clock, telephone: Telephones | None = None
) -> Climbing:
    """Nothing is connected yet. `sessions` are for the receipts of notices; `telephone` is this
    process's own, where it has one. Raises DataFileError.
    """
    engine = open_engine(settings.database_url, settings.elder_key)
    keeper = Keeper(
        open_sessions(engine),
        Ladder.load(settings.data),
        Words.load(settings.data),
        build_notifier(settings.notices, sessions, clock, telephone),
        clock=clock,
    )
    return Climbing(keeper, engine)
