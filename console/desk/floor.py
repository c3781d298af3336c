"""What the pages of callers, alarms and call-backs share beside the desk itself."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.alarms.ladder import Ladder
from care.alarms.words import Words as AlarmWords
from care.changes.hub import Hub
from care.clock import Clock
from care.desk.number import masked
from care.desk.queue import Queue, look
from care.desk.words import Words
from care.entitlements.load import Entitlements
from care.language.mask import mask
from care.operators.model import Operator
from care.storage.engine import Sessions
from care.storage.readable import Readable
from console.desk.calls import Calls, NoCalls
from console.desk.page import templates

templates.env.filters.update(masked=masked, masked_text=mask)

_FRESH = timedelta(seconds=2)
"""Older looks aren't shared: what is due or long silent changes with time alone."""


@dataclass
class _Look:
    newest: int = -1
    at: datetime | None = None
    queue: Queue | None = None


@dataclass(frozen=True)
class Floor(Readable):
    """Everything that follows changes and gives names to codes."""

    sessions: Sessions
    clock: Clock
    hub: Hub
    words: Words
    alarm_words: AlarmWords
    entitlements: Entitlements
    ladder: Ladder
    calls: Calls = field(default_factory=NoCalls)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _last: _Look = field(default_factory=_Look)

    def queue(self) -> Queue:
        """The desk now."""
        with self.reading() as session:
            return look(session, self.words, self.clock())

    def shared_queue(self) -> Queue:
        """The desk as of the change that the hub told last: one look serves all open pages."""
        with self._lock:
            now, last = self.clock(), self._last
            if last.queue and last.at and last.newest == self.hub.newest and now - last.at < _FRESH:
                return last.queue
            last.newest, last.at = self.hub.newest, now
            last.queue = self.queue()
            return last.queue


def names(session: Session) -> dict[str, str]:
    """What to call each operator, by their sign-in name."""
    rows = session.execute(select(Operator.name, Operator.display_name))
    return {row.name: row.display_name for row in rows}
