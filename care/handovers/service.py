"""Puts a caller into the queue, lets one operator claim them, and closes the take-over."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.handovers.model import Handover


class HandoverNotFoundError(LookupError):
    """No open handover has this number, or somebody else has claimed it."""


def request(session: Session, *, conversation_id: int, reason: str, now: datetime) -> Handover:
    """The conversation's open handover; a new one joins the queue if there is none."""
    found = open_handover(session, conversation_id)
    if found is None:
        found = Handover(conversation_id=conversation_id, reason=reason, requested_at=now)
        session.add(found)
        session.flush()
    return found


def open_handover(session: Session, conversation_id: int) -> Handover | None:
    """The handover of this conversation that is not closed."""
    return session.scalar(
        select(Handover)
        .where(Handover.conversation_id == conversation_id, Handover.state != "closed")
        .order_by(Handover.id)
        .limit(1)
    )


def waiting(session: Session) -> list[Handover]:
    """Everybody who is not served to the end yet, longest waiting first."""
    query = select(Handover).where(Handover.state != "closed").order_by(Handover.id)
    return list(session.scalars(query))


def claim(session: Session, handover_id: int, *, operator: str, now: datetime) -> None:
    """Takes over, atomically: of two operators one gets it, the other HandoverNotFoundError."""
    claimed = session.execute(
        update(Handover)
        .where(Handover.id == handover_id, Handover.state == "waiting")
        .values(state="claimed", operator=operator, claimed_at=now)
        .returning(Handover.id)
    ).first()
    if claimed is None:
        raise HandoverNotFoundError(f"handover {handover_id} is not waiting")


def close(session: Session, handover_id: int, *, by: str, now: datetime) -> None:
    """Ends a handover, served or not. Raises HandoverNotFoundError."""
    closed = session.execute(
        update(Handover)
        .where(Handover.id == handover_id, Handover.state != "closed")
        .values(state="closed", closed_at=now, operator=by)
        .returning(Handover.id)
    ).first()
    if closed is None:
        raise HandoverNotFoundError(f"handover {handover_id} is not open")
