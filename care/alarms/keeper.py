"""The ladder of a running process: a thread that ticks once a second, and threads that send."""

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable

import structlog

from care.alarms.climb import Climber, Tick
from care.alarms.hold import Hold
from care.alarms.ladder import Ladder
from care.alarms.outbox import Outbox, Run
from care.alarms.words import Words
from care.alarms.writing import Writer
from care.clock import Clock, system_clock
from care.notices.port import Notifier
from care.storage.engine import Sessions

log = structlog.get_logger(__name__)

EVERY = 1.0
"""Seconds between two ticks."""
MISSED = 5
"""Ticks after which a process that doesn't tick any more counts as dead."""
OVERDUE = 30.0
"""Seconds without a tick that the database took, after which something is wrong."""


def beside(work: Callable[[], None]) -> None:
    """Runs it in a thread that doesn't hold up the end of the process: it is killed-proof."""
    threading.Thread(target=work, name="alarm-notice", daemon=True).start()


class Keeper:
    """Sees to it that every alarm climbs while nobody acts."""

    def __init__(
        self,
        sessions: Sessions,
        ladder: Ladder,
        words: Words,
        notifier: Notifier,
        *,
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = time.monotonic,
        run: Run = beside,
        every: float = EVERY,
    ) -> None:
        """`every`: seconds between two ticks."""
        name = f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._clock, self._monotonic = clock, monotonic
        self._every, stale = every, every * MISSED
        self._climber = Climber(sessions, ladder, Hold(name, stale))
        writer = Writer(ladder, words)
        self._outbox = Outbox(sessions, writer, notifier, Hold(name, stale), run)
        self._ticked: float | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def tick(self) -> None:
        """Everything that is due. Raises nothing: what fails is tried again by the next tick."""
        at = Tick(self._clock, self._monotonic())
        whole = True
        for part in (self._climber.tick, self._outbox.tick):
            try:
                part(at)
            except Exception as error:  # the database is locked, full, away: it comes back
                whole = False
                log.error("the alarms' ladder is held up", why=type(error).__name__)
        if whole:
            self._ticked = at.instant

    def is_ticking(self) -> bool:
        """Whether alarms climb: for those who watch the process."""
        return self._ticked is not None and self._monotonic() - self._ticked < OVERDUE

    def start(self) -> None:
        """Ticks in a thread of its own until `stop`."""
        self._ticked = self._monotonic()  # the first tick isn't overdue yet
        self._thread = threading.Thread(target=self._loop, name="alarm-ladder", daemon=True)
        self._thread.start()

    def stop(self, timeout: float = 20.0) -> None:
        """Ends the ticks; notices that are on their way are sent again by whoever comes next."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout)

    def _loop(self) -> None:
        while not self._stop.is_set():
            self.tick()
            self._stop.wait(self._every)
