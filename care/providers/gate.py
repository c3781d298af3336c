"""Lets providers' people in, says who is in, and lets them out."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from care.clock import Clock
from care.operators import refused, sessions, throttle
from care.operators.address import counted_address
from care.operators.gate import Credentials
from care.operators.name import plain_name
from care.operators.password_rules import MOST, check_password
from care.operators.passwords import Passwords
from care.operators.sessions import Lifetime
from care.operators.throttle import Limits
from care.providers import accounts
from care.providers.account_model import ProviderAccount
from care.providers.accounts import PROVIDERS, counted_name
from care.providers.history import note
from care.providers.model import Provider
from care.providers.refused import RefusedError
from care.providers.signed_in import ProviderPerson
from care.storage.engine import Sessions
from care.storage.readable import Readable

LIFETIME = Lifetime(idle=timedelta(hours=36), longest=timedelta(days=7))
"""A worker's own phone is locked by itself, and typing a password at each door isn't possible."""


@dataclass(frozen=True)
class ProviderGate(Readable):
    """The only way in for providers."""

    sessions: Sessions
    clock: Clock
    passwords: Passwords
    lifetime: Lifetime = LIFETIME
    limits: Limits = throttle.LIMITS

    def sign_in(self, typed: Credentials, replaces: str | None = None) -> tuple[str, bool]:
        """A new token, and whether their own password has to be chosen first; the session of the
        token `replaces` ends.

        Raises RefusedError: `sign_in_wrong` whichever was wrong, or `locked` after too many
        failures of this name, existing or not, or from this address.
        """
        now, name = self.clock(), plain_name(typed.name)
        counts = self.limits.of(counted_name(name), counted_address(typed.address))
        try:
            throttle.count_try(self.sessions, counts, now)
        except refused.RefusedError as error:
            raise RefusedError(error.kind, **error.details) from error
        with self.reading() as session:
            found = accounts.by_name(session, name)
        kept = found.password_hash if found and found.active else None
        fits = self.passwords.fits(kept, typed.password[: MOST + 1])
        with self.sessions.begin() as session:
            row = session.get(ProviderAccount, found.id, with_for_update=True) if found else None
            if not (row and fits and row.password_hash == kept and row.is_open(now)):
                raise RefusedError("sign_in_wrong")
            throttle.worked(session, counts)
            token, _ = PROVIDERS.enter(session, row.id, replaces, now)
            return token, row.one_time_until is not None

    def who(self, token: str) -> ProviderPerson | None:
        """Who holds this token, if they are still in; counted as use."""
        now = self.clock()
        with self.reading() as session:
            found = PROVIDERS.find(session, token)
            if not found or not PROVIDERS.is_due(*found, self.lifetime, now):
                return _person(session, found[1]) if found else None
        with self.sessions.begin() as session:
            found = PROVIDERS.use(session, token, self.lifetime, now)
            return _person(session, found[1]) if found else None

    def sign_out(self, token: str) -> None:
        """Ends the session of this token, if it is one."""
        with self.sessions.begin() as session:
            if found := PROVIDERS.find(session, token):
                sessions.end(found[0], "left", self.clock())

    def choose_password(self, account_id: int, new: str) -> str:
        """Their own password instead of the one-time one that they have just come in with; ends
        every sign-in of theirs; → the token of a new one.

        Raises RefusedError of care.operators with what is wrong with the password.
        """
        with self.reading() as session:
            row = session.get_one(ProviderAccount, account_id)
        check_password(new, (row.name, row.display_name))
        chosen, now = self.passwords.hash(new), self.clock()
        with self.sessions.begin() as session:
            row = session.get_one(ProviderAccount, account_id, with_for_update=True)
            if row.one_time_until is None:  # chosen meanwhile, in another window
                raise RefusedError("signed_out")
            row.password_hash, row.one_time_until = chosen, None
            PROVIDERS.end_all(session, row.id, "password", now)
            note(session, row.provider_id, "password", by=row.name, now=now, text=row.name)
            return PROVIDERS.begin(session, row.id, now)[0]


def _person(session: Session, account: ProviderAccount) -> ProviderPerson:
    return ProviderPerson(
        id=account.id,
        provider_id=account.provider_id,
        provider=session.get_one(Provider, account.provider_id).name,
        worker_id=account.worker_id,
        name=account.name,
        display_name=account.display_name,
        must_choose_password=account.one_time_until is not None,
    )
