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
        found.add(f"tel:{number}" if number else f"call:{leg}")
    return frozenset(found)
