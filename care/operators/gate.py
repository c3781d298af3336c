"""Lets people in, says who is in, and lets them out."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from care.clock import Clock
from care.operators import accounts, events, second_factor, sessions, throttle
from care.operators.address import counted_address
from care.operators.model import Operator, OperatorSession
from care.operators.name import plain_name
from care.operators.password_rules import MOST
from care.operators.passwords import Passwords
from care.operators.refused import RefusedError
from care.operators.role import Role, Roles
from care.operators.sessions import DESK, LIFETIME, Lifetime
from care.operators.signed_in import SignedIn
from care.operators.throttle import Limits
from care.storage.engine import Sessions
from care.storage.readable import Readable


@dataclass(frozen=True)
class Credentials:
    """What somebody typed, and where from."""

    name: str
    password: str = field(repr=False)
    code: str = field(repr=False)
    """Of the second factor; empty for whoever has none."""
    address: str


@dataclass(frozen=True)
class Gate(Readable):
    """The desk's only way in."""

    sessions: Sessions
    clock: Clock
    passwords: Passwords
    roles: Roles
    lifetime: Lifetime = LIFETIME
    limits: Limits = throttle.LIMITS

    def sign_in(self, typed: Credentials, replaces: str | None = None) -> tuple[str, SignedIn]:
        """A new token and whose it is; the session of the token `replaces` ends.

        Raises RefusedError: `sign_in_wrong` whichever of the three was wrong, `locked` after too
        many failures of this name, existing or not, or from this address.
        """
        now, name = self.clock(), plain_name(typed.name)
        address = counted_address(typed.address)
        counts = self.limits.of(name, address)
        throttle.count_try(self.sessions, counts, now)
        with self.reading() as session:
            found = accounts.by_name(session, name)
        kept = found.password_hash if found and found.active else None
        fits = self.passwords.fits(kept, typed.password[: MOST + 1])
        with self.sessions.begin() as session:
            row = session.get(Operator, found.id, with_for_update=True) if found else None
            if row and fits and row.password_hash == kept and _opens(row, typed.code, now):
                throttle.worked(session, counts)
                return self._enter(session, row, replaces, address, now)
            events.note(
                session,
                "sign_in_failed",
                operator_id=row.id if row else None,
                by="sign-in",
                now=now,
                detail={"address": address},
            )
        raise RefusedError("sign_in_wrong")

    def prove(self, operator_id: int, password: str) -> str:
        """Asks somebody who is in for their password again; → its hash as it is kept.

        Raises RefusedError: `password_wrong`, or `locked` as at the door.
        """
        now = self.clock()
        with self.reading() as session:
            row = session.get_one(Operator, operator_id)
        key = throttle.pair_key(row.name, "own desk")
        throttle.count_try(self.sessions, ((key, self.limits.pair),), now)
        if not self.passwords.fits(row.password_hash, password[: MOST + 1]):
            raise RefusedError("password_wrong")
        with self.sessions.begin() as session:
            throttle.forget(session, key)
        return row.password_hash

    def who(self, token: str, *, used: bool = True) -> SignedIn | None:
        """Who holds this token, if they are still in. `used` says that a person did something."""
        now = self.clock()
        with self.reading() as session:
            found = DESK.find(session, token)
        if found and DESK.is_due(*found, self.lifetime, now, used=used):
            with self.sessions.begin() as session:
                found = DESK.use(session, token, self.lifetime, now, used=used)
        return self._signed_in(*found) if found else None

    def sign_out(self, token: str) -> None:
        """Ends the session of this token, if it is one."""
        now = self.clock()
        with self.sessions.begin() as session:
            found = DESK.find(session, token)
            if found is None:
                return
            row, operator = found
            sessions.end(row, "left", now)
            events.note(session, "signed_out", operator_id=operator.id, by=operator.name, now=now)

    def _enter(
        self,
        session: Session,
        operator: Operator,
        replaces: str | None,
        address: str,
        now: datetime,
    ) -> tuple[str, SignedIn]:
        throttle.forget_old(session, now)
        token, row = DESK.enter(session, operator.id, replaces, now)
        events.note(
            session,
            "signed_in",
            operator_id=operator.id,
            by=operator.name,
            now=now,
            detail={"address": address},
        )
        return token, self._signed_in(row, operator)

    def _signed_in(self, row: OperatorSession, operator: Operator) -> SignedIn:
        role = Role(operator.role)
        return SignedIn(
            id=operator.id,
            name=operator.name,
            display_name=operator.display_name,
            role=role,
            rights=self.roles.rights(role),
            session_id=row.id,
            ends_at=min(row.created_at + self.lifetime.longest, row.seen_at + self.lifetime.idle),
            must_choose_password=operator.one_time_until is not None,
            has_totp=operator.totp_secret is not None,
        )


def _opens(operator: Operator, code: str, now: datetime) -> bool:
    """All but the password: still here, one-time password not too old, second factor."""
    if not operator.is_open(now):
        return False
    return operator.totp_secret is None or second_factor.use_code(operator, code, now)
