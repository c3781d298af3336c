"""Work under way in the event loop: kept until it is done, looked after when it fails."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger(__name__)


class Tasks:
    """Somebody's; for one thread."""

    def __init__(self) -> None:
        self._going: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begins it; a failure is logged."""
        task = asyncio.get_running_loop().create_task(work)
        self._going.add(task)
        task.add_done_callback(self._done)
        return task

    async def wait(self, timeout: float) -> bool:
        """Waits for all of it; False when some isn't done in time."""
        if self._going:
            await asyncio.wait(self._going, timeout=timeout)
        return not self._going

    async def cancel(self) -> None:
        """Ends all of it, and returns when it has ended."""
        left = list(self._going)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._going.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a part of a call failed", exc_info=task.exception())
