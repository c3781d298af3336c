"""Reads what changed since the last look, whichever process wrote it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from care.changes.model import Change
from care.storage.engine import Sessions

KEPT = timedelta(hours=1)
_AT_ONCE = 500
"""Changes of one look; after more a reader does better to look at everything."""
_PATIENCE = 10.0
"""Seconds until a number that was skipped is given up: its transaction was rolled back."""

Subject = tuple[str, str]
"""Topic and key of a change."""


class Reader:
    """One follower of the changes. Holds its place in memory; for one thread at a time.

    A number can become visible after a higher one (two transactions on PostgreSQL), so numbers
    that were skipped are looked for again for a while. Nothing is told twice.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._last: int | None = None
        self._skipped: dict[int, float] = {}

    @property
    def last(self) -> int:
        """The highest number seen; 0 before the first look."""
        return self._last or 0

    def read(self, now: float) -> frozenset[Subject] | None:
        """What changed since the last call; None when everything may have: the first time, or
        after too many changes. `now` in seconds of any clock that only goes forward."""
        with self._sessions() as session:
            if self._last is None:
                self._last = newest(session)
                return None
            rows = session.execute(
                select(Change.id, Change.topic, Change.key)
                .where(or_(Change.id > self._last, Change.id.in_(self._skipped)))
                .order_by(Change.id)
                .limit(_AT_ONCE + 1)
            ).all()
            if len(rows) > _AT_ONCE:
                self._last = newest(session)
                self._skipped.clear()
                return None
        for row in rows:
            if row.id > self._last:
                self._skipped.update((number, now) for number in range(self._last + 1, row.id))
                self._last = row.id
            else:
                self._skipped.pop(row.id, None)
        self._skipped = {
            number: since for number, since in self._skipped.items() if now - since < _PATIENCE
        }
        return frozenset((row.topic, row.key) for row in rows)


def newest(session: Session) -> int:
    """The highest number; 0 when there is none."""
    return session.scalar(select(func.max(Change.id))) or 0


def forget_old(session: Session, now: datetime) -> None:
    """Deletes what nobody will ask for any more. The highest number stays, whatever its age."""
    session.execute(delete(Change).where(Change.at < now - KEPT, Change.id < newest(session)))
