"""Alarms on their way to the database: tried until they are there, whatever becomes of the call."""

import asyncio
from collections.abc import Callable

import structlog

from bot.conversation import Incoming
from voice.call.ports import Run, Talker

PATIENCE = 0.5
"""Seconds between two tries."""

log = structlog.get_logger(__name__)


class AlarmKeeper:
    """One for the whole line: an alarm outlives the call that it came from."""

    def __init__(self, talker: Talker, run: Run) -> None:
        """`run` has threads of its own, so that no other work is before an alarm."""
        self._talker, self._run = talker, run
        self._tasks: set[asyncio.Task[None]] = set()

    def raise_(self, incoming: Incoming, told: Callable[[bool], None]) -> "asyncio.Task[None]":
        """Begins to; `told` learns whether it is kept, or that it isn't yet (once)."""
        task = asyncio.get_running_loop().create_task(self._raise(incoming, told))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def close(self, timeout: float = 10.0) -> bool:
        """Waits for what is under way; False when something isn't kept yet."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=timeout)
        return not self._tasks

    async def _raise(self, incoming: Incoming, told: Callable[[bool], None]) -> None:
        stuck = False
        while True:
            try:
                await self._run(lambda: self._talker.notice(incoming))
            except Exception:  # whatever it is, this has to get there
                log.exception("an alarm is not kept yet")
                if not stuck:
                    stuck = True
                    told(False)
                await asyncio.sleep(PATIENCE)
            else:
                told(True)
                return
