"""How long a name or an address has to wait after failed sign-ins."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from care.operators.model import SignInThrottle
from care.operators.refused import RefusedError
from care.storage.engine import Sessions
from care.storage.upsert import insert_into

log = structlog.get_logger(__name__)

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_OLDEST = timedelta(days=1)
_SIGNS, _NAME_SIGNS = 64, 40
"""Of a key, in hex; the first 40 of a name's counts (160 bits) are the same."""


@dataclass(frozen=True)
class Limit:
    """`free` failures cost nothing; the next locks, each further one twice as long."""

    free: int
    first: timedelta
    longest: timedelta
    forget: timedelta
    """After this long without a failure, counting starts anew."""

    def lock(self, failures: int) -> timedelta | None:
        """How long the lock after this many failures in a row is; None for none."""
        over = failures - self.free
        if over <= 0:
            return None
        # Beyond 2**20 it is the longest anyway, and the product would overflow.
        return min(self.first * (1 << min(over - 1, 20)), self.longest)


@dataclass(frozen=True)
class Limits:
    """What is counted of each try; the first that is locked refuses it."""

    pair: Limit = Limit(4, _MINUTE, 15 * _MINUTE, _HOUR)
    """One name from one address: the fifth failure locks. A stranger who guesses elsewhere keeps
    nobody out of their own desk (ASVS 5.0, 6.1.1)."""
    name: Limit = Limit(49, _MINUTE, 15 * _MINUTE, _HOUR)
    """One name from anywhere."""
    address: Limit = Limit(19, _MINUTE, 15 * _MINUTE, _HOUR)
    """Any name from one address; an office shares one, so more is free than for a pair."""

    def of(self, name: str, address: str) -> tuple[tuple[str, Limit], ...]:
        """Key and limit of each count that a try belongs to."""
        return (
            (pair_key(name, address), self.pair),
            (name_key(name), self.name),
            (address_key(address), self.address),
        )


LIMITS = Limits()


@dataclass(frozen=True)
class Count:
    """Failures in a row of one name or address."""

    failures: int
    last_at: datetime
    locked_until: datetime | None

    def is_locked(self, now: datetime) -> bool:
        """Whether nothing is tried for them now."""
        # A clock that was set back must not make minutes into a day.
        return self.locked_until is not None and self.last_at <= now < self.locked_until

    def failed(self, limit: Limit, now: datetime) -> "Count":
        """After one more failure."""
        # A clock that was set back never shortens a row of failures.
        forgotten = now - self.last_at >= limit.forget
        failures = 1 if forgotten else self.failures + 1
        lock = limit.lock(failures)
        return Count(failures, now, now + lock if lock else None)


def name_key(name: str) -> str:
    """Key of a count; what was typed can't be read from it."""
    return _digest(f"name:{name}")[:_NAME_SIGNS]


def pair_key(name: str, address: str) -> str:
    """Begins like the name's, so that all of a name's counts are found."""
    return name_key(name) + _digest(f"from:{address}")[: _SIGNS - _NAME_SIGNS]


def address_key(address: str) -> str:
    """Key of an address."""
    return _digest(f"address:{address}")


def try_once(session: Session, key: str, limit: Limit, now: datetime) -> datetime | None:
    """Counts a try as failed before it is made, so that many at once don't slip through.

    → until when the subject is locked, and then nothing was counted; None to go ahead.
    """
    _make(session, key, now)
    row = session.scalars(
        select(SignInThrottle).where(SignInThrottle.subject == key).with_for_update()
    ).one()
    count = Count(row.failures, row.last_at, row.locked_until)
    if count.is_locked(now):
        return count.locked_until
    after = count.failed(limit, now)
    row.failures, row.last_at, row.locked_until = after.failures, after.last_at, after.locked_until
    return None


def count_try(sessions: Sessions, counts: Iterable[tuple[str, Limit]], now: datetime) -> None:
    """Counts one try of all these subjects, or of none: raises RefusedError when one is locked."""
    with sessions.begin() as session:
        for key, limit in counts:
            until = try_once(session, key, limit, now)
            if until is not None:
                # Raised within the transaction: where one is locked, none is counted.
                minutes = ceil((until - now).total_seconds() / 60)
                log.info("sign-in locked", minutes=minutes)
                raise RefusedError("locked", minutes=minutes)


def forget(session: Session, key: str) -> None:
    """Starts one count anew."""
    session.execute(delete(SignInThrottle).where(SignInThrottle.subject == key))


def forget_name(session: Session, name: str) -> None:
    """Starts every count of a name anew, wherever the tries came from."""
    session.execute(delete(SignInThrottle).where(SignInThrottle.subject.startswith(name_key(name))))


def take_back(session: Session, key: str) -> None:
    """Takes one counted try back, which worked, and leaves those before it."""
    row = session.get(SignInThrottle, key, with_for_update=True)
    if row is not None:
        row.failures, row.locked_until = max(0, row.failures - 1), None


def worked(session: Session, counts: Sequence[tuple[str, Limit]]) -> None:
    """A try of `Limits.of` that worked: the pair starts anew, the others lose this try alone."""
    forget(session, counts[0][0])
    for key, _ in counts[1:]:
        take_back(session, key)


def forget_old(session: Session, now: datetime) -> None:
    """Deletes counts that no longer count."""
    session.execute(delete(SignInThrottle).where(SignInThrottle.last_at < now - _OLDEST))


def _make(session: Session, key: str, now: datetime) -> None:
    # Two first tries at once: one makes the row, both count on it.
    row = {"subject": key, "failures": 0, "last_at": now, "locked_until": None}
    session.execute(insert_into(session, SignInThrottle).values(row).on_conflict_do_nothing())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
