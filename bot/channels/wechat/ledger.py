"""Writes what requests have to write, together: one transaction for all that wait at a moment.

A commit takes as long for fifty messages as for one, and SQLite lets one writer in at a time.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from care.storage.engine import Sessions

_MOST = 100
"""Works of one transaction."""
Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Session, Sequence[Item]], Sequence[Result]]
"""Does the same for several at once; gives a result for each, in order."""


@dataclass(frozen=True)
class _Entry:
    work: Work[Any, Any]
    item: Any
    loop: asyncio.AbstractEventLoop
    result: "asyncio.Future[Any]"


_Done = list[tuple[_Entry, Any, Exception | None]]


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

    async def write(self, work: Work[Item, Result], item: Item) -> Result:
        """What `work` gave for this item, once it is on disk; what it raises undoes this alone.

        What waits for the same `work` is given to it together.
        """
        loop = asyncio.get_running_loop()
        result: asyncio.Future[Result] = loop.create_future()
        self._entries.put(_Entry(work, item, loop, result))
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
                self._settle(self._write(entries))

    def _write(self, entries: Sequence[_Entry]) -> _Done:
        try:
            with self._sessions.begin() as session:
                done = [each for same in _sorted(entries) for each in _together(session, same)]
        except Exception as failure:
            # The database's own trouble is everybody's; somebody's bad item must not be.
            if len(entries) == 1 or isinstance(failure, OperationalError):
                return [(entry, None, failure) for entry in entries]
            return [each for entry in entries for each in self._write([entry])]
        return done

    def _settle(self, done: _Done) -> None:
        for entry, value, raised in done:
            with suppress(RuntimeError):  # its loop has ended: nobody waits any more
                entry.loop.call_soon_threadsafe(_tell, entry.result, value, raised)


def _sorted(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """By their work, in the order in which each was first asked for."""
    found: dict[Work[Any, Any], list[_Entry]] = {}
    for entry in entries:
        found.setdefault(entry.work, []).append(entry)
    return list(found.values())


def _together(session: Session, same: Sequence[_Entry]) -> _Done:
    results = same[0].work(session, [entry.item for entry in same])
    return [(entry, value, None) for entry, value in zip(same, results, strict=True)]


def _tell(result: "asyncio.Future[Any]", value: Any, error: Exception | None) -> None:
    if result.done():  # whoever asked has gone
        return
    if error is None:
        result.set_result(value)
    else:
        result.set_exception(error)
