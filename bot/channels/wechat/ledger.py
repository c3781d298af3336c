"""Writes what requests have to write, together: one transaction for all that wait at a moment.

A commit takes as long for fifty messages as for one, and SQLite lets one writer in at a time.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from care.storage.engine import Sessions

_MOST = 100
"""Works of one transaction."""
T = TypeVar("T")


@dataclass(frozen=True)
class _Entry:
    work: Callable[[Session], Any]
    loop: asyncio.AbstractEventLoop
    result: "asyncio.Future[Any]"


class Ledger:
    """A thread that writes. `start` before the first `write`."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._entries: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="wechat-ledger", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Waits for what was given before."""
        self._entries.put(None)
        self._thread.join()

    async def write(self, work: Callable[[Session], T]) -> T:
        """What `work` returned, once it is on disk; what it raised undoes it alone."""
        loop = asyncio.get_running_loop()
        result: asyncio.Future[T] = loop.create_future()
        self._entries.put(_Entry(work, loop, result))
        return await result

    def _run(self) -> None:
        going = True
        while going:
            taken = [self._entries.get()]
            while len(taken) < _MOST and not self._entries.empty():
                taken.append(self._entries.get())
            entries = [entry for entry in taken if entry is not None]
            going = len(entries) == len(taken)
            if entries:
                self._write(entries)

    def _write(self, entries: list[_Entry]) -> None:
        done: list[tuple[_Entry, Any, Exception | None]] = []
        try:
            with self._sessions.begin() as session:
                for entry in entries:
                    try:
                        with session.begin_nested():
                            done.append((entry, entry.work(session), None))
                    except Exception as failure:  # its own; the others go on
                        done.append((entry, None, failure))
        except Exception as failure:  # the database's: nobody's work is done
            done = [(entry, None, failure) for entry in entries]
        for entry, value, raised in done:
            entry.loop.call_soon_threadsafe(_settle, entry.result, value, raised)


def _settle(result: "asyncio.Future[Any]", value: Any, error: Exception | None) -> None:
    if result.done():  # whoever asked has gone
        return
    if error is None:
        result.set_result(value)
    else:
        result.set_exception(error)
