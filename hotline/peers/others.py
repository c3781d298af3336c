"""The other processes of the installation that have calls: which, what goes on there, and steps."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx
import structlog
from pydantic import ValidationError

from care.clock import Clock
from care.desk.line import elsewhere
from care.storage.engine import Sessions
from care.storage.seal import SealError
from console.desk.calls import AwayError, Line, NotInCallError
from hotline.peers.asked import STEPS, Asked, Lines, Look
from hotline.peers.ticket import Tickets

_FRESH = 2.0
"""Seconds that an answer serves for all pages, if nothing changes meanwhile."""
_AWAY = 10.0
"""Seconds that nobody waits for a process that didn't answer; what was known last counts."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Known:
    """What one process told."""

    lines: Mapping[int, Line]
    newest: int | None
    """The newest change by then (`care.changes`); None: it didn't answer."""
    until: float


class Others:
    """From any thread; whatever asks may block for a second."""

    def __init__(
        self,
        sessions: Sessions,
        tickets: Tickets,
        http: httpx.Client,
        *,
        own: str,
        clock: Clock,
        newest: Callable[[], int],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`sessions` only read. `own`: where this process is reached. `newest`: `Hub.newest`."""
        self._sessions, self._tickets, self._http = sessions, tickets, http
        self._own, self._clock = own, clock
        self._newest, self._seconds = newest, seconds
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}

    def lines(self) -> dict[int, Line]:
        """See `console.desk.calls.Calls`. One answer of each process serves all pages until
        something changes: every process tells of a change after it has happened."""
        where = self._where()
        with self._lock:
            self._known = {peer: self._look(peer) for peer in set(where.values())}
            told = {number: self._known[peer].lines.get(number) for number, peer in where.items()}
        return {number: line for number, line in told.items() if line is not None}

    def whose(self, conversation: int) -> str:
        """Where the process is reached that has the call. Raises NotInCallError."""
        peer = self._where().get(conversation)
        if peer is None:
            raise NotInCallError
        return peer

    def ticket(self, peer: str, asked: Asked) -> str:
        """Raises AwayError."""
        try:
            return self._tickets.write(peer, asked)
        except SealError as error:
            raise AwayError(peer) from error

    def ask(self, peer: str, asked: Asked) -> bytes:
        """The answer. Raises NotInCallError, and AwayError when there is none."""
        try:
            answer = self._http.post(
                peer + STEPS, headers={"Authorization": f"Bearer {self.ticket(peer, asked)}"}
            )
        except httpx.HTTPError as error:
            log.warning("another process doesn't answer", error=type(error).__name__)
            raise AwayError(peer) from error
        if answer.status_code == httpx.codes.GONE:
            raise NotInCallError
        if not answer.is_success:
            log.warning("another process doesn't let us in", status=answer.status_code)
            raise AwayError(peer)
        return answer.content

    def _where(self) -> dict[int, str]:
        with self._sessions() as session:
            return elsewhere(session, self._own, self._clock())

    def _look(self, peer: str) -> _Known:
        newest, now, known = self._newest(), self._seconds(), self._known.get(peer)
        if known and now < known.until and known.newest in (None, newest):
            return known
        try:
            lines = Lines.validate_json(self.ask(peer, Look()))
        except (AwayError, ValidationError):
            # A network that blinks must not take the call away from who talks in it.
            return _Known(known.lines if known else {}, None, now + _AWAY)
        return _Known(lines, newest, now + _FRESH)
