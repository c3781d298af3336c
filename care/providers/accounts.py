"""Adds and changes accounts of a provider's people."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.operators import throttle
from care.operators.accounts import ONE_TIME, OneTime
from care.operators.name import display_name, plain_name, sign_in_name
from care.operators.sessions import SignIns
from care.providers.account_model import ProviderAccount, ProviderSession
from care.providers.history import note
from care.providers.model import Worker
from care.providers.refused import RefusedError

PROVIDERS = SignIns(
    ProviderSession, ProviderAccount, ProviderAccount.id, ProviderSession.account_id
)
"""Sign-ins of providers' people."""


@dataclass(frozen=True)
class NewAccount:
    """Whom to add."""

    name: str
    """What they will sign in with."""
    display_name: str
    worker_id: int | None = None
    """For a worker; None for the office."""


def add(
    session: Session,
    provider_id: int,
    new: NewAccount,
    password: OneTime,
    *,
    by: str,
    now: datetime,
) -> ProviderAccount:
    """A new account that the one-time password opens. Raises RefusedError of this package or, for
    a name that can't be one, of care.operators."""
    row = ProviderAccount(
        provider_id=provider_id,
        worker_id=_worker(session, provider_id, new.worker_id),
        name=sign_in_name(new.name),
        display_name=display_name(new.display_name),
        password_hash=password.hash,
        one_time_until=now + ONE_TIME,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise RefusedError("name_taken", name=row.name) from error
    note(session, provider_id, "account_added", by=by, now=now, text=row.name)
    return row


def reset(
    session: Session, account: ProviderAccount, password: OneTime, *, by: str, now: datetime
) -> None:
    """For somebody who forgot their password: whoever was signed in as them is out."""
    account.password_hash = password.hash
    account.one_time_until = now + ONE_TIME
    throttle.forget_name(session, counted_name(account.name))
    PROVIDERS.end_all(session, account.id, "reset", now)
    note(session, account.provider_id, "account_reset", by=by, now=now, text=account.name)


def set_active(
    session: Session, account: ProviderAccount, active: bool, *, by: str, now: datetime
) -> None:
    """They left, and are signed out everywhere at once; or they are back."""
    if account.active == active:
        return
    account.active = active
    if not active:
        PROVIDERS.end_all(session, account.id, "deactivated", now)
    kind = "account_on" if active else "account_off"
    note(session, account.provider_id, kind, by=by, now=now, text=account.name)


def by_name(session: Session, name: str) -> ProviderAccount | None:
    """The account with this sign-in name, as somebody typed it."""
    return session.scalar(select(ProviderAccount).where(ProviderAccount.name == plain_name(name)))


def of(session: Session, provider_id: int) -> list[ProviderAccount]:
    """Everybody who can sign in for a provider, the office first."""
    query = select(ProviderAccount).where(ProviderAccount.provider_id == provider_id)
    order = (ProviderAccount.worker_id.is_not(None), ProviderAccount.name)
    return list(session.scalars(query.order_by(*order)))


def counted_name(name: str) -> str:
    """How failures of this name are counted. No name of the desk has a blank in it."""
    return f"provider {name}"


def _worker(session: Session, provider_id: int, worker_id: int | None) -> int | None:
    if worker_id is None:
        return None
    worker = session.get(Worker, worker_id)
    if worker is None or worker.provider_id != provider_id:
        raise RefusedError("worker_missing")
    return worker.id
