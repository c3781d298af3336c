"""The rows that say which recordings there are, and which were deleted and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.calls.model import CallRecording


@dataclass(frozen=True)
class NewRecording:
    """A file of sound when its first octet is written."""

    leg: str
    speaker: str
    path: str
    """Under the folder of recordings."""
    rate: int
    """Hz"""
    started_at: datetime


def began(session: Session, call_id: int, new: NewRecording) -> None:
    """Stores that there is such a file."""
    session.add(CallRecording(call_id=call_id, **vars(new)))
    session.flush()


def ended(session: Session, path: str, seconds: float, problem: str | None) -> None:
    """Stores its length, and why it broke off."""
    session.execute(
        update(CallRecording)
        .where(CallRecording.path == path)
        .values(seconds=seconds, problem=problem)
    )


def deleted(session: Session, path: str, why: str, now: datetime) -> None:
    """Stores that the file is gone: expired or refused. The first time counts."""
    session.execute(
        update(CallRecording)
        .where(CallRecording.path == path, CallRecording.deleted_at.is_(None))
        .values(deleted_at=now, deleted_why=why)
    )


def of_call(session: Session, call_id: int) -> list[CallRecording]:
    """All recordings of a call, also those that were deleted."""
    query = select(CallRecording).where(CallRecording.call_id == call_id)
    return list(session.scalars(query.order_by(CallRecording.started_at, CallRecording.id)))
