"""Sign-ins that last: begun, found by their token, and ended."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from care.operators.account_row import AccountRow
from care.operators.model import Operator, OperatorSession
from care.operators.sign_in_row import SignInRow

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

    def over(self, row: SignInRow, now: datetime) -> str | None:
        """Why this session is over by now, or None."""
        if now - row.created_at >= self.longest:
            return "too_long"
        return "idle" if now - row.seen_at >= self.idle else None


LIFETIME = Lifetime()


Row = TypeVar("Row", bound=SignInRow)
Owner = TypeVar("Owner", bound=AccountRow)


@dataclass(frozen=True, eq=False)
class SignIns(Generic[Row, Owner]):
    """The sign-ins of one kind of account, kept in a table of their own."""

    rows: type[Row]
    accounts: type[Owner]
    account_id: InstrumentedAttribute[int]
    """Primary key of `accounts`."""
    owner: InstrumentedAttribute[int]
    """Column of `rows` that says whose it is."""

    def begin(self, session: Session, account_id: int, now: datetime) -> tuple[str, Row]:
        """A new session and its token, which nobody can know before."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = self.rows()
        row.token_hash, row.created_at, row.seen_at = hash_of(token), now, now
        setattr(row, self.owner.key, account_id)
        session.add(row)
        session.flush()
        return token, row

    def find(self, session: Session, token: str) -> tuple[Row, Owner] | None:
        """The session of a token and whose it is, if nobody has ended it."""
        found = session.execute(
            select(self.rows, self.accounts)
            .join(self.accounts, self.account_id == self.owner)
            .where(self.rows.token_hash == hash_of(token), self.rows.ended_at.is_(None))
        ).first()
        return (found[0], found[1]) if found else None

    def enter(
        self, session: Session, account_id: int, replaces: str | None, now: datetime
    ) -> tuple[str, Row]:
        """As `begin`; the session of the token `replaces` ends, and what is over for long goes."""
        before = self.find(session, replaces) if replaces else None
        if before:
            end(before[0], "replaced", now)
        self.forget_old(session, now)
        return self.begin(session, account_id, now)

    def use(
        self, session: Session, token: str, lifetime: Lifetime, now: datetime, *, used: bool = True
    ) -> tuple[Row, Owner] | None:
        """As `find`, as long as it lasts; one that doesn't any more is ended. `used`: a person did
        something, which is written down."""
        found = self.find(session, token)
        if found is None:
            return None
        row, owner = found
        if why := _over(row, owner, lifetime, now):
            end(row, why, now)
            return None
        if self.is_due(row, owner, lifetime, now, used=used):
            row.seen_at = now
        return found

    def is_due(
        self, row: Row, owner: Owner, lifetime: Lifetime, now: datetime, *, used: bool = True
    ) -> bool:
        """Whether `use` would write anything of what `find` found."""
        if _over(row, owner, lifetime, now):
            return True
        return used and now - row.seen_at >= SEEN_EVERY

    def end_all(self, session: Session, account_id: int, why: str, now: datetime) -> int:
        """Ends every session of a person; → how many there were."""
        ended = session.execute(
            update(self.rows)
            .where(self.owner == account_id, self.rows.ended_at.is_(None))
            .values(ended_at=now, why=why)
            .returning(self.rows.id)
        )
        return len(ended.all())

    def forget_old(self, session: Session, now: datetime) -> None:
        """Deletes sessions that are over for long."""
        session.execute(delete(self.rows).where(self.rows.created_at < now - KEPT))


def _over(row: SignInRow, owner: AccountRow, lifetime: Lifetime, now: datetime) -> str | None:
    """Why this sign-in opens nothing any more, or None."""
    return lifetime.over(row, now) if owner.active else "deactivated"


def end(row: SignInRow, why: str, now: datetime) -> None:
    """Ends one session."""
    row.ended_at, row.why = now, why


def hash_of(token: str) -> str:
    """What is kept of a token: a database that leaks opens no desk."""
    return hashlib.sha256(token.encode()).hexdigest()


DESK = SignIns(OperatorSession, Operator, Operator.id, OperatorSession.operator_id)
"""Of operators."""
