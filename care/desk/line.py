"""Who is on the telephone now, and so can't be taken over by writing."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.calls.model import Call
from care.elders.number import national

_LONGEST = timedelta(hours=4)
"""A call that is open for longer is one that nobody closed after a crash."""


def on_the_line(session: Session, now: datetime) -> frozenset[str]:
    """The senders of the conversations that are telephone calls at this moment."""
    query = select(Call.leg, Call.caller).where(
        Call.ended_at.is_(None), Call.started_at > now - _LONGEST
    )
    found = set()
    for leg, caller in session.execute(query):
        number = national(caller) if caller else None
        if number:
            found.add(f"tel:{number}")
        found.add(f"call:{leg}")  # of a number that is withheld, or in another call already
    return frozenset(found)


def elsewhere(session: Session, own: str, now: datetime) -> dict[int, str]:
    """The conversations that are telephone calls of other processes at this moment, with where
    each of these is reached. `own`: where this one is."""
    query = select(Call.conversation_id, Call.peer).where(
        Call.ended_at.is_(None), Call.started_at > now - _LONGEST, Call.peer != own
    )
    rows = session.execute(query.order_by(Call.id))
    return {number: peer for number, peer in rows if number is not None and peer is not None}
