"""Climbs the ladders: counts how long alarms wait, and does what a rung says, once.

All that a tick finds is done in one transaction under the lock of the chain: a rung's event, what
it writes on the alarm, and the notices for the outbox. A process that is killed has done all of it
or nothing, and the next one goes on from the same second.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from care.alarms import chain
from care.alarms.hold import Hold
from care.alarms.ladder import Ladder, Rung
from care.alarms.model import Alarm, AlarmLadder, AlarmOutgoing
from care.clock import Clock
from care.storage.engine import Sessions, readers

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Tick:
    """One moment on both clocks."""

    clock: Clock
    instant: float
    """Monotonic seconds."""


class Climber:
    """One a process. Several processes share the ladders of one database."""

    def __init__(self, sessions: Sessions, ladder: Ladder, hold: Hold) -> None:
        self._sessions, self._ladder, self._hold = sessions, ladder, hold
        self._reading = readers(sessions)
        self._counted: float | None = None

    def tick(self, at: Tick) -> None:
        """Everything that is due now. Raises SQLAlchemyError when the database doesn't take it:
        then nothing is done, and the next tick counts the time as well.
        """
        with self._reading() as session:
            waiting = set(session.scalars(select(AlarmLadder.id).where(~AlarmLadder.rests)))
        self._hold.forget_all_but(waiting)
        if waiting:
            with self._sessions.begin() as session:
                chain.lock(session)
                self._climb_all(session, at)
        self._counted = at.instant

    def _climb_all(self, session: Session, at: Tick) -> None:
        query = select(AlarmLadder, Alarm).join(Alarm, Alarm.id == AlarmLadder.alarm_id)
        query = query.where(~AlarmLadder.rests).order_by(Alarm.severity, Alarm.id)
        for row, alarm in session.execute(query).all():
            if self._count(row, at):
                try:
                    with session.begin_nested():
                        self._climb(session, row, alarm, at)
                except SQLAlchemyError:
                    raise
                except Exception as error:  # one alarm's trouble is not to hold up the others
                    log.error("an alarm could not climb", alarm=alarm.ref, why=type(error).__name__)

    def _count(self, row: AlarmLadder, at: Tick) -> bool:
        """Adds the time since the row was counted last; whether it is ours to climb."""
        now = at.clock()
        if self._hold.mine(row) and self._counted is not None:
            row.waited += max(0.0, at.instant - self._counted)
        elif self._hold.mine(row) or self._hold.take(row, at.instant):
            # Nobody's monotonic clock saw this time: a clock set back makes it nothing, not less.
            row.waited += max(0.0, (now - row.counted_at).total_seconds())
        else:
            return False
        row.beat += 1
        row.counted_at = now
        return True

    def _climb(self, session: Session, row: AlarmLadder, alarm: Alarm, at: Tick) -> None:
        rungs = self._ladder.rungs_of(alarm.severity, alarm.state)
        while row.climbed < len(rungs) and row.waited >= rungs[row.climbed].after:
            self._do(session, alarm, rungs[row.climbed], at)
            row.climbed += 1
        row.rests = row.climbed >= len(rungs)

    def _do(self, session: Session, alarm: Alarm, rung: Rung, at: Tick) -> None:
        now = at.clock()
        alarm.escalation = rung.id
        alarm.instruction = self._ladder.instruction(rung, alarm.category) or alarm.instruction
        event = chain.append(
            session, alarm, now, kind="escalated", by="ladder", how="ladder", note=rung.id
        )
        for audience in rung.tell:
            if audience != "desks":  # they read the alarm itself
                key = f"{alarm.ref}/{rung.id}/{audience}/{event.id}"
                session.add(
                    AlarmOutgoing(
                        alarm_id=alarm.id, key=key, rung=rung.id, audience=audience, made_at=now
                    )
                )
