"""A caller who waits for a person: the operators' desk knows it, now or as soon as it can."""

import asyncio

import structlog

from voice.call.handover import CallHandovers
from voice.call.ports import Run

PATIENCE = 2.0
"""Seconds that the desk's database has to answer, before operators at telephones are called
without it."""

log = structlog.get_logger(__name__)


class Waiting:
    """One call's."""

    def __init__(self, handovers: CallHandovers, run: Run) -> None:
        self._handovers, self._run = handovers, run
        self._untold = False
        """Whether they wait, and the desk may not know it."""

    async def ask(self) -> bool:
        """Puts the caller into the queue; whether anybody at the desk could take them."""
        self._untold = True
        try:
            async with asyncio.timeout(PATIENCE):
                anybody = await self._run(self._handovers.asked)
        except Exception:  # operators at telephones may come all the same
            log.exception("the desk may not know that a caller waits")
            return False
        self._untold = False
        return anybody

    def served(self) -> None:
        """Somebody has the caller."""
        self._untold = False

    def call_back(self) -> None:
        """Somebody is to telephone the caller, whenever the desk hears of it."""
        self._untold = False
        self._handovers.call_back()

    def gone(self) -> None:
        """The caller is: if they waited until now, and nobody may know of it, they are called."""
        if self._untold:
            self.call_back()
