"""Sign-ins that last: begun, found by their token, and ended."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from care.operators.model import Operator, OperatorSession

TOKEN_BYTES = 32
SEEN_EVERY = timedelta(minutes=1)
"""Use within this is not written down again: reading pages shall not cost a write each."""
KEPT = timedelta(days=30)
"""Ended sessions are deleted after this; that somebody signed in stays in the events."""


@dataclass(frozen=True)
class Lifetime:
    """How long a sign-in lasts."""

    idle: timedelta = timedelta(hours=1)
    """Without anybody using it."""
    longest: timedelta = timedelta(hours=12)
    """Whatever happens: a shift of eight hours with its ends, and never the next day."""

    def over(self, row: OperatorSession, now: datetime) -> str | None:
        """Why this session is over by now, or None."""
        if now - row.created_at >= self.longest:
            return "too_long"
        return "idle" if now - row.seen_at >= self.idle else None


LIFETIME = Lifetime()


def begin(session: Session, operator_id: int, now: datetime) -> tuple[str, OperatorSession]:
    """A new session and its token, which nobody can know before."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = OperatorSession(
        token_hash=hash_of(token), operator_id=operator_id, created_at=now, seen_at=now
    )
    session.add(row)
    session.flush()
    return token, row


def find(session: Session, token: str) -> tuple[OperatorSession, Operator] | None:
    """The session of a token and whose it is, if nobody has ended it."""
    found = session.execute(
        select(OperatorSession, Operator)
        .join(Operator, Operator.id == OperatorSession.operator_id)
        .where(OperatorSession.token_hash == hash_of(token), OperatorSession.ended_at.is_(None))
    ).first()
    return (found[0], found[1]) if found else None


def end(row: OperatorSession, why: str, now: datetime) -> None:
    """Ends one session."""
    row.ended_at, row.why = now, why


def end_all(session: Session, operator_id: int, why: str, now: datetime) -> int:
    """Ends every session of a person; → how many there were."""
    ended = session.execute(
        update(OperatorSession)
        .where(OperatorSession.operator_id == operator_id, OperatorSession.ended_at.is_(None))
        .values(ended_at=now, why=why)
        .returning(OperatorSession.id)
    )
    return len(ended.all())


def forget_old(session: Session, now: datetime) -> None:
    """Deletes sessions that are over for long."""
    session.execute(delete(OperatorSession).where(OperatorSession.created_at < now - KEPT))


def hash_of(token: str) -> str:
    """What is kept of a token: a database that leaks opens no desk."""
    return hashlib.sha256(token.encode()).hexdigest()
