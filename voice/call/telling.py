"""Has the operators' desk told of one call; that it can't be told must not end the call."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import structlog

from voice.call.handover import CallHandovers
from voice.call.ports import Run
from voice.call.tasks import Tasks

_AGAIN = 1.0
"""Seconds until a database that couldn't be written to is tried again; one that is locked lets
everybody wait before that."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Telling:
    """One call's."""

    def __init__(self, handovers: CallHandovers, run: Run, tasks: Tasks) -> None:
        """`tasks` keeps what nobody waits for."""
        self._handovers, self._run, self._tasks = handovers, run, tasks

    async def write(self, change: Callable[[], T]) -> T | None:
        """What the desk's database gave; None when it is away."""
        try:
            return await self._run(change)
        except Exception:
            log.exception("the operators' desk could not be told")
            return None

    async def opened(self) -> int:
        """The number of the caller's conversation: at once, or as soon as the database tells it."""
        told = False
        while True:
            try:
                return await self._run(self._handovers.opened)
            except Exception:  # whatever it is, the call goes on
                if not told:
                    log.exception("the desk doesn't see a call yet")
                told = True
            await asyncio.sleep(_AGAIN)

    def note(self, kind: str, by: str, text: str = "") -> None:
        """For the course of the hand-over."""
        self._later(lambda: self._handovers.note(kind, by, text))

    def said(self, operator: str, text: str) -> None:
        """For what is said in the conversation."""
        self._later(lambda: self._handovers.said(operator, text))

    def _later(self, change: Callable[[], None]) -> None:
        async def write() -> None:
            await self.write(change)

        self._tasks.spawn(write())
