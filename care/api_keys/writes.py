"""Makes once what is asked for twice: a caller's own token stands for what it made."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.api_keys.model import ApiWrite


class OtherContentError(ValueError):
    """Something else was asked for under this token."""


def claim(session: Session, key_id: int, token: str, *, content: str, now: datetime) -> ApiWrite:
    """The row of this token, new or from before: then its `made_id` says what was made.

    Whoever claims it in another transaction is waited for. To be called first in the transaction
    that makes it, which then sets `made_id`. Raises OtherContentError.
    """
    row = ApiWrite(key_id=key_id, token=_digest(token), content=_digest(content), at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        query = select(ApiWrite).where(ApiWrite.key_id == key_id, ApiWrite.token == _digest(token))
        row = session.scalars(query).one()
        if row.content != _digest(content):
            raise OtherContentError from None
    return row


def forget(session: Session, before: datetime) -> None:
    """Tokens from before then can be used for something else."""
    session.execute(delete(ApiWrite).where(ApiWrite.at < before))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
