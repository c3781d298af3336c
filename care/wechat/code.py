"""Codes that bind somebody in WeChat to an elder: six digits, ten minutes, once.

Said by the telephone line to the elder's own number, shown at the desk, or sent to that number.
A million codes are few, so wrong ones are counted: by sender, and over all senders.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from care.wechat.bound import WechatCode, WechatTry

DIGITS = 6
LASTS = timedelta(minutes=10)
_WINDOW = timedelta(minutes=10)
_PER_SENDER = 5
"""Wrong codes of one sender within the window."""
_OF_ALL = 50
"""Of all senders together: with ten codes about, one guess in two thousand windows is right."""
_MOST_OPEN = 3
"""Codes of one elder that are good at a time; the oldest goes."""

Role = Literal["elder", "family"]


class TooManyTriesError(RuntimeError):
    """Wrong codes came too often: nothing is looked at for a while."""


@dataclass(frozen=True)
class Grant:
    """What a code was made for."""

    elder_id: int
    role: Role
    consent: str
    """How the elder agreed: see `WechatBinding.consent`."""


def make(session: Session, grant: Grant, key: bytes, now: datetime) -> str:
    """A new code for whoever is to be bound. `key` is this installation's secret."""
    _forget(session, now)
    open_ones = _open(session, now)
    own = [row for row in open_ones if row.elder_id == grant.elder_id]
    for row in own[: max(len(own) - _MOST_OPEN + 1, 0)]:
        row.expires_at = now
    taken = {row.digest for row in open_ones}
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        if _digest(key, code) not in taken:
            break
    session.add(
        WechatCode(
            digest=_digest(key, code),
            elder_id=grant.elder_id,
            role=grant.role,
            consent=grant.consent,
            made_at=now,
            expires_at=now + LASTS,
        )
    )
    return code


def redeem(session: Session, openid: str, code: str, key: bytes, now: datetime) -> Grant | None:
    """What the code was made for, which it then is no more; None for a wrong one, which counts.

    Commit either way. Raises TooManyTriesError. Takes as long for a wrong code as for a right one.
    """
    recent = WechatTry.at > now - _WINDOW
    of_all = session.scalar(select(func.count()).where(recent)) or 0
    own = session.scalar(select(func.count()).where(recent, WechatTry.openid == openid)) or 0
    if own >= _PER_SENDER or of_all >= _OF_ALL:
        raise TooManyTriesError
    said, found = _digest(key, code), None
    for row in _open(session, now):
        if hmac.compare_digest(row.digest, said):
            found = row
    if found is None:
        session.add(WechatTry(openid=openid, at=now))
        return None
    found.used_at = now
    role: Role = "family" if found.role == "family" else "elder"
    return Grant(found.elder_id, role, found.consent)


def _open(session: Session, now: datetime) -> list[WechatCode]:
    query = select(WechatCode).where(WechatCode.used_at.is_(None), WechatCode.expires_at > now)
    return list(session.scalars(query.order_by(WechatCode.id).with_for_update()))


def _digest(key: bytes, code: str) -> str:
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()


def _forget(session: Session, now: datetime) -> None:
    session.execute(delete(WechatCode).where(WechatCode.expires_at < now - timedelta(days=1)))
    session.execute(delete(WechatTry).where(WechatTry.at < now - timedelta(days=1)))
