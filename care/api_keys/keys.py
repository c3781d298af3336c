"""Makes, finds and takes back keys."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from care.api_keys.model import ApiKey, ApiRequest
from care.api_keys.scope import Scope
from care.operators.model import Operator

_KEY = re.compile(r"hk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NOBODY = "0" * 64
"""Compared with where there is no such key: a look for one takes as long as finding it."""


_OURS = frozenset({"caller", "assistant", "job", "ladder", "plan", "desk", "round", "system"})
"""Who else does things, by the names that stand in the course of an order or an alarm."""


class NameTakenError(ValueError):
    """A key has this name already, perhaps one that was taken back."""


class NameOursError(ValueError):
    """Somebody at the desk, or a part of the hotline, has this name: what the key's system does
    stands under its name in the same columns as theirs."""


@dataclass(frozen=True)
class Caller:
    """The system that asks."""

    key_id: int
    name: str
    scopes: frozenset[Scope]


def make(
    session: Session, name: str, scopes: Collection[Scope], *, expires_at: datetime, now: datetime
) -> str:
    """The key in full: it is never seen again. Raises NameTakenError or NameOursError."""
    if name in _OURS or session.scalar(select(Operator.id).where(Operator.name == name)):
        raise NameOursError(name)
    if session.scalar(select(ApiKey.id).where(ApiKey.name == name)) is not None:
        raise NameTakenError(name)
    public, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    session.add(
        ApiKey(
            name=name,
            public=public,
            digest=_digest(secret),
            scopes=frozenset(scope.value for scope in scopes),
            made_at=now,
            expires_at=expires_at,
        )
    )
    return f"hk_{public}_{secret}"


def find(session: Session, key: str, now: datetime) -> Caller | None:
    """Whose key it is; None for one that is unknown, over, or was taken back."""
    parts = _KEY.fullmatch(key)
    public, secret = parts.groups() if parts else ("", "")
    row = session.scalar(select(ApiKey).where(ApiKey.public == public))
    fits = hmac.compare_digest(_digest(secret), row.digest if row else _NOBODY)
    if row is None or not fits or row.revoked_at is not None or row.expires_at <= now:
        return None
    return Caller(row.id, row.name, frozenset(map(Scope, row.scopes)))


def revoke(session: Session, name: str, now: datetime) -> bool:
    """From now on it is refused; False when no key in use has this name."""
    row = session.scalar(select(ApiKey).where(ApiKey.name == name, ApiKey.revoked_at.is_(None)))
    if row is not None:
        row.revoked_at = now
    return row is not None


def every(session: Session) -> list[ApiKey]:
    """All that were ever made, the latest first."""
    return list(session.scalars(select(ApiKey).order_by(ApiKey.id.desc())))


def last_used(session: Session) -> dict[int, datetime]:
    """When each key was let in last, by its id; one that never was is missing."""
    last = func.max(ApiRequest.at).label("last")
    query = select(ApiRequest.key_id, last).group_by(ApiRequest.key_id)
    return {row.key_id: row.last for row in session.execute(query)}


def keep_request(
    session: Session, caller: Caller, path: str, now: datetime, method: str = "GET"
) -> None:
    """Writes down who asked for what."""
    session.add(ApiRequest(key_id=caller.key_id, at=now, method=method[:8], path=path[:120]))


def forget(session: Session, before: datetime) -> None:
    """Deletes what was asked before then; when each key was used last stays known."""
    last = select(func.max(ApiRequest.id)).group_by(ApiRequest.key_id)
    old = ApiRequest.at < before
    session.execute(delete(ApiRequest).where(old, ApiRequest.id.not_in(last)))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
