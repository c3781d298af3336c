"""Figures that are counted once for everybody who looks: ten open wallboards cost as one."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from care.clock import Clock
from care.desk.queue import GOAL
from care.figures.board import Board, board
from care.figures.now import Now, now
from care.figures.period import Period, Span
from care.storage.engine import Sessions, readers

_FRESH = {
    Span.DAY: timedelta(seconds=5),
    Span.WEEK: timedelta(seconds=30),
    Span.HALF_YEAR: timedelta(minutes=3),
}
"""The more there is to read, the less one more of it changes."""
_PAST = timedelta(minutes=10)
"""A period that is over changes only by what is still being closed."""
_MOMENT = timedelta(seconds=1)
_MOST = 12
"""Periods that are kept."""


@dataclass(frozen=True)
class _Kept:
    at: datetime
    board: Board


class Shared:
    """Reads on connections that hold up nobody who writes."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions, self._clock = readers(sessions), clock
        self._lock = threading.Lock()
        self._boards: OrderedDict[tuple[Span, datetime], _Kept] = OrderedDict()
        self._now: Now | None = None

    def now(self) -> Now:
        """This moment, or less than a second ago."""
        with self._lock:
            at = self._clock()
            if self._now is None or not timedelta(0) <= at - self._now.at < _MOMENT:
                with self._sessions() as session:
                    self._now = now(session, GOAL, at)
            return self._now

    def board(self, period: Period) -> Board:
        """A period, as fresh as its length allows."""
        key = (period.span, period.since)
        with self._lock:
            at = self._clock()
            fresh = _PAST if period.until <= at else _FRESH[period.span]
            kept = self._boards.get(key)
            if kept is None or not timedelta(0) <= at - kept.at < fresh:
                with self._sessions() as session:
                    kept = _Kept(at, board(session, period, at))
                self._boards[key] = kept
            self._boards.move_to_end(key)
            while len(self._boards) > _MOST:
                self._boards.popitem(last=False)
            return kept.board
