"""The telephone on which somebody at the desk takes callers, if they don't in the browser."""

import re

from sqlalchemy.orm import Session

from care.clock import Clock
from care.operators import events
from care.operators.model import Operator
from care.operators.refused import RefusedError
from care.storage.engine import Sessions

MOST = 128
"""Characters."""

_SIGNS = re.compile(r"[\s()-]")
_TELEPHONE = re.compile(r"\+?[0-9]{2,20}|sip:[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.:-]{1,63}")
"""A number, or the address of a telephone in the house."""


def telephone_of(session: Session, operator_id: int) -> str | None:
    """What is called; None for nothing."""
    return session.get_one(Operator, operator_id).telephone


def set_telephone(sessions: Sessions, operator_id: int, typed: str, clock: Clock) -> None:
    """Keeps it, or forgets it when nothing is typed. Raises RefusedError."""
    telephone = typed.strip() if typed.strip().startswith("sip:") else _SIGNS.sub("", typed)
    if telephone and not _TELEPHONE.fullmatch(telephone):
        raise RefusedError("telephone_bad")
    with sessions.begin() as session:
        row = session.get_one(Operator, operator_id, with_for_update=True)
        if row.telephone == (telephone or None):
            return
        row.telephone = telephone or None
        events.note(session, "telephone_changed", operator_id=row.id, by=row.name, now=clock())
