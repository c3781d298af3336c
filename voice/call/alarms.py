"""Alarms on their way to the database: tried until they are there, whatever becomes of the call."""

import asyncio
from collections.abc import Callable

import structlog

from bot.conversation import Incoming
from voice.call.ports import Run, Talker

PATIENCE = 0.5
"""Seconds between two tries."""
SLOW = 2.5
"""Seconds after which an alarm that isn't kept counts as stuck: somebody in danger is waiting."""

log = structlog.get_logger(__name__)


class AlarmKeeper:
    """One for the whole line: an alarm outlives the call that it came from."""

    def __init__(self, talker: Talker, run: Run) -> None:
        """`run` has threads of its own, so that no other work is before an alarm."""
        self._talker, self._run = talker, run
        self._tasks: set[asyncio.Task[None]] = set()

    def raise_(self, incoming: Incoming, told: Callable[[bool], None]) -> "asyncio.Task[None]":
        """Begins to; `told` learns, once, that it isn't kept yet, and in the end that it is."""
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
        loop = asyncio.get_running_loop()
        # A database that is locked doesn't fail at once, it lets everybody wait.
        complaint = loop.call_later(SLOW, told, False)
        while True:
            try:
                await self._run(lambda: self._talker.notice(incoming))
            except Exception:  # whatever it is, this has to get there
                log.exception("an alarm is not kept yet")
                if complaint.when() > loop.time() and not complaint.cancelled():
                    complaint.cancel()
                    told(False)
                await asyncio.sleep(PATIENCE)
            else:
                complaint.cancel()
                told(True)
                return
