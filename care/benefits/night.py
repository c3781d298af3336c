"""The nightly round over all elders: in batches, resumable, by one process at a time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.benefits import batch
from care.benefits.alike import remembering
from care.benefits.batch import Written
from care.benefits.model import BenefitRound
from care.clock import Clock
from care.entitlements.load import Entitlements
from care.stopping import Stopped, never
from care.storage.engine import Sessions, readers

BATCH = 500
"""Elders: a write of some 50 ms. SQLite has one writer, and alarms must not wait for this."""
BREATH = 0.01
"""Seconds between two batches, in which others come to write."""
HELD = timedelta(minutes=5)
"""A process that has written nothing for so long has ended. Clocks of servers differ by less."""


@dataclass(frozen=True)
class Done:
    """A round that came to its end."""

    elders: int
    found: int
    lapsed: int


@dataclass(frozen=True)
class Pace:
    """How much at once, and what to wait with; a test's own."""

    batch: int = BATCH
    wait: Callable[[float], None] = time.sleep


class LostError(RuntimeError):
    """Another process has taken the round over."""


class Night:
    """The round of one process; one for the process, for one thread at a time."""

    def __init__(
        self,
        sessions: Sessions,
        entitlements: Entitlements,
        clock: Clock,
        owner: str,
        pace: Pace | None = None,
    ) -> None:
        """`owner` is a name that no other process has, nor this one after a restart."""
        self._sessions, self._entitlements, self._clock = sessions, entitlements, clock
        self._owner, self._pace = owner, pace or Pace()
        self._reading = readers(sessions)
        self._find = remembering(entitlements)

    def run(self, stopped: Stopped = never) -> Done | None:
        """Does this day's round, or what another process left of it, until the end or `stopped`.

        None when there is more to do, when it is done already, or when another process is at it.
        What was written stays written: whoever is killed loses one batch, and nothing is done
        twice.
        """
        on = self._clock().date()
        with self._sessions.begin() as session:
            if not self._take(session, on):
                return None
            done = session.get_one(BenefitRound, on).last_elder
        while not stopped():
            with self._reading() as session:
                found = batch.read(session, done, self._pace.batch, on)
            if not found.elders:
                return self._end(on)
            plans = batch.decide(found, self._find, on)
            last = found.elders[-1].id
            with self._sessions.begin() as session:
                written = batch.write(session, plans, self._clock())
                self._move_on(session, on, (done, last), len(plans), written)
            done = last
            self._pace.wait(BREATH)
        self._let_go(on)
        return None

    def _take(self, session: Session, on: date) -> bool:
        now = self._clock()
        if session.get(BenefitRound, on) is None:
            try:
                with session.begin_nested():
                    session.add(BenefitRound(night=on, started_at=now, held_until=now))
            except IntegrityError:  # another process began at the same moment
                return False
        free = or_(
            BenefitRound.owner.is_(None),
            BenefitRound.owner == self._owner,
            BenefitRound.held_until < now,
        )
        wanted = update(BenefitRound).where(
            BenefitRound.night == on, BenefitRound.done_at.is_(None), free
        )
        return self._one(session, wanted.values(owner=self._owner, held_until=now + HELD))

    def _move_on(
        self, session: Session, on: date, span: tuple[int, int], elders: int, written: Written
    ) -> None:
        """`span`: the last elder that was done before this batch, and the last of it."""
        before, last = span
        wanted = update(BenefitRound).where(
            BenefitRound.night == on,
            BenefitRound.owner == self._owner,
            BenefitRound.last_elder == before,
        )
        moved = wanted.values(
            last_elder=last,
            held_until=self._clock() + HELD,
            elders=BenefitRound.elders + elders,
            found=BenefitRound.found + written.found,
            lapsed=BenefitRound.lapsed + written.lapsed,
        )
        if not self._one(session, moved):
            raise LostError  # takes the batch back with it

    def _let_go(self, on: date) -> None:
        """Another process needn't wait until this one counts as ended."""
        wanted = update(BenefitRound).where(
            BenefitRound.night == on, BenefitRound.owner == self._owner
        )
        with self._sessions.begin() as session:
            session.execute(wanted.values(owner=None))

    def _end(self, on: date) -> Done:
        self._find = remembering(self._entitlements)  # a day without it is a lot of memory
        with self._sessions.begin() as session:
            row = session.get_one(BenefitRound, on)
            row.done_at, row.owner = self._clock(), None
            return Done(row.elders, row.found, row.lapsed)

    @staticmethod
    def _one(session: Session, change: object) -> bool:
        return session.execute(change.returning(BenefitRound.night)).first() is not None  # type: ignore[attr-defined]
