"""Sends what climbing put into the outbox: at least once, each under its own key.

Sending takes seconds to minutes and runs beside the ticks; only the ticks touch the database, so
however many notices are on their way, they hold up no alarm. Whoever has been told under a key
isn't told twice (care.notices.port): a process that dies in between costs nobody a second call.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.alarms import chain
from care.alarms.climb import Tick
from care.alarms.hold import Hold
from care.alarms.model import Alarm, AlarmOutgoing
from care.alarms.writing import Writer
from care.notices.port import Audience, Notice, Notifier, Receipt
from care.storage.engine import Sessions
from care.storage.readable import Readable

log = structlog.get_logger(__name__)

ATTEMPTS = 5
"""Of one notice; each of them already goes through all routes that a recipient has."""
FIRST_PAUSE = 15.0
"""Seconds after the first attempt that reached not everybody; then twice as long each time."""
AT_ONCE = 16
"""Notices that are on their way at the same time."""

Run = Callable[[Callable[[], None]], None]
"""Runs something, usually beside what goes on."""


@dataclass
class _Row:
    """As care.alarms.hold.Held."""

    id: int
    owner: str | None
    beat: int


@dataclass
class Outbox(Readable):
    """One a process."""

    sessions: Sessions
    writer: Writer
    notifier: Notifier
    hold: Hold
    run: Run
    _results: deque[tuple[int, Receipt]] = field(default_factory=deque)
    """What came of notices, until a tick has kept it."""
    _under_way: set[int] = field(default_factory=set)
    """Rows whose notice was sent, and whose result isn't kept yet."""
    _not_before: dict[int, float] = field(default_factory=dict)

    def tick(self, at: Tick) -> None:
        """Keeps what came of notices, and begins to send what nobody sends.

        Raises SQLAlchemyError when the database doesn't take it: the next tick does all of it.
        """
        with self.reading() as session:
            ids = set(session.scalars(select(AlarmOutgoing.id).where(_OPEN)))
        self.hold.forget_all_but(ids)
        self._not_before = {row: when for row, when in self._not_before.items() if row in ids}
        results = list(self._results)
        if not ids and not results:
            return
        with self.sessions.begin() as session:
            chain.lock(session)
            again = self._keep_all(session, results, at)
            self._take(session, at)
            notices = self._write(session, at)
        # From here on all of it is on disk.
        self._not_before |= again
        for row_id, _ in results:
            self._results.popleft()
            self._under_way.discard(row_id)
        for row_id, notice in notices.items():
            self._under_way.add(row_id)
            self.run(partial(self._send, row_id, notice))

    def _send(self, row_id: int, notice: Notice) -> None:
        try:
            receipt = self.notifier.send(notice)
        except Exception as error:  # counts as an attempt, so that it isn't repeated for ever
            log.error("a notice could not be sent", key=notice.key, why=type(error).__name__)
            receipt = Receipt(reached=0, missed=1)
        self._results.append((row_id, receipt))

    def _keep_all(
        self, session: Session, results: list[tuple[int, Receipt]], at: Tick
    ) -> dict[int, float]:
        """→ when to try again those who weren't all reached, by the monotonic clock."""
        again: dict[int, float] = {}
        for row_id, receipt in results:
            row = session.get_one(AlarmOutgoing, row_id)
            if row.done_at is not None:  # another process took it for abandoned, and was quicker
                continue
            row.attempts += 1
            if receipt.missed and row.attempts < ATTEMPTS:
                again[row_id] = at.instant + FIRST_PAUSE * 2 ** (row.attempts - 1)
                continue
            row.done_at = at.clock()
            if not receipt.addressed and Audience(row.audience).may_be_nobody:
                continue  # the alarm's course doesn't tell of those who don't exist
            kind = "told" if receipt.delivered else "not_told"
            note = f"{row.audience} {receipt.reached}/{receipt.reached + receipt.missed}"
            alarm = session.get_one(Alarm, row.alarm_id)
            chain.append(
                session, alarm, row.done_at, kind=kind, by="ladder", how="notice", note=note
            )
        return again

    def _take(self, session: Session, at: Tick) -> None:
        """Takes what nobody works on, and beats for all that is ours."""
        columns = (AlarmOutgoing.id, AlarmOutgoing.owner, AlarmOutgoing.beat)
        rows = [_Row(*row) for row in session.execute(select(*columns).where(_OPEN))]
        free = [row for row in rows if not self.hold.mine(row)]
        taken = [row.id for row in free if self.hold.take(row, at.instant)]
        owner = self.hold.owner
        change = update(AlarmOutgoing)
        if taken:
            session.execute(change.where(AlarmOutgoing.id.in_(taken)).values(owner=owner))
        mine = change.where(_OPEN, AlarmOutgoing.owner == owner)
        session.execute(mine.values(beat=AlarmOutgoing.beat + 1))

    def _write(self, session: Session, at: Tick) -> dict[int, Notice]:
        """What to send now, by row, oldest first; closes what isn't to be sent any more."""
        waiting = {row for row, when in self._not_before.items() if when > at.instant}
        query = (
            select(AlarmOutgoing, Alarm)
            .join(Alarm, Alarm.id == AlarmOutgoing.alarm_id)
            .where(_OPEN, AlarmOutgoing.owner == self.hold.owner)
            .where(AlarmOutgoing.id.not_in(self._under_way | waiting))
            .order_by(AlarmOutgoing.id)
            .limit(AT_ONCE - len(self._under_way))
        )
        notices: dict[int, Notice] = {}
        for row, alarm in session.execute(query).all():
            notice = self.writer.write(session, row, alarm)
            if notice is None:
                row.done_at = at.clock()
            else:
                notices[row.id] = notice
        return notices


_OPEN = AlarmOutgoing.done_at.is_(None)
