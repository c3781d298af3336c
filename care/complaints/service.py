"""The life of a complaint: made, taken by one operator, remarked on, closed with an outcome.

Every step locks the complaint first, and leaves an event. A complaint that nobody closes in time
stands on top of the list, and says so once in its course.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.complaints.model import Complaint, ComplaintEvent
from care.complaints.words import OUTCOMES, Words
from care.orders.model import Order

MOST_TEXT = 500
_OPEN = ("open", "in_hand")


@dataclass(frozen=True)
class Report:
    """What somebody complains of."""

    kind: str
    """Of `data/complaints/words.yml`."""
    text: str
    order_id: int | None = None
    conversation_id: int | None = None
    person: str = ""
    phone: str = ""


class ComplaintNotFoundError(LookupError):
    """No complaint has this number."""


class ComplaintStateError(ValueError):
    """The step doesn't follow from the complaint's state; `state` says where it is now."""

    def __init__(self, complaint: Complaint, step: str) -> None:
        super().__init__(f"complaint {complaint.id} is {complaint.state}: {step} doesn't follow")
        self.state, self.owner = complaint.state, complaint.owner


def make(session: Session, report: Report, *, by: str, now: datetime) -> Complaint:
    """A new complaint; of an order, its provider and the number left with it come along.

    Raises KeyError for an unknown kind.
    """
    order = session.get(Order, report.order_id) if report.order_id else None
    row = Complaint(
        order_id=order.id if order else None,
        provider_id=order.provider_id if order else None,
        conversation_id=report.conversation_id,
        kind=report.kind,
        text=report.text.strip()[:MOST_TEXT],
        person=report.person or (order.person if order else ""),
        phone=report.phone or (order.phone if order else ""),
        made_at=now,
        due_at=now + Words.own().kinds[report.kind].within,
    )
    session.add(row)
    session.flush()
    _event(session, row, "made", by=by, now=now)
    return row


def take(session: Session, number: int, *, by: str, now: datetime) -> Complaint:
    """One operator has it in hand; from a colleague, too, for a case isn't to lie with somebody
    who is away. Raises ComplaintNotFoundError, ComplaintStateError."""
    row = locked(session, number)
    if row.state == "closed":
        raise ComplaintStateError(row, "taken")
    if row.owner != by:
        row.state, row.owner = "in_hand", by
        _event(session, row, "taken", by=by, now=now)
    return row


def remark(session: Session, number: int, text: str, *, by: str, now: datetime) -> None:
    """What was found out or agreed. Raises ComplaintNotFoundError."""
    _event(session, locked(session, number), "remarked", by=by, now=now, text=text)


def close(
    session: Session, number: int, outcome: str, text: str, *, by: str, now: datetime
) -> Complaint:
    """It is decided, by whoever has it in hand; `text` says what was done.

    Raises ComplaintNotFoundError, ComplaintStateError, ValueError for an unknown outcome.
    """
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome!r} is no outcome")
    row = locked(session, number)
    if row.state != "in_hand" or row.owner != by:
        raise ComplaintStateError(row, "closed")
    row.state, row.outcome, row.closed_at = "closed", outcome, now
    _event(session, row, "closed", by=by, now=now, text=text)
    return row


def reopen(session: Session, number: int, text: str, *, by: str, now: datetime) -> Complaint:
    """Whoever complained isn't content with the outcome: it begins anew, with a new deadline.

    Raises ComplaintNotFoundError, ComplaintStateError.
    """
    row = locked(session, number)
    if row.state != "closed":
        raise ComplaintStateError(row, "reopened")
    row.state, row.owner, row.outcome, row.closed_at = "open", None, None, None
    row.due_at = now + Words.own().kinds[row.kind].within
    _event(session, row, "reopened", by=by, now=now, text=text)
    return row


def remind(session: Session, now: datetime) -> int:
    """Notes once in the course of each that wasn't closed in time; how many. For a job."""
    late = session.scalars(
        select(Complaint).where(Complaint.state.in_(_OPEN), Complaint.due_at <= now)
    ).all()
    told = 0
    for row in late:
        if not any(
            each.kind == "overdue" and each.at >= row.due_at for each in events(session, row.id)
        ):
            _event(session, row, "overdue", by="job", now=now)
            told += 1
    return told


def still_open(session: Session) -> list[Complaint]:
    """What nobody has closed, soonest due first."""
    query = select(Complaint).where(Complaint.state.in_(_OPEN))
    return list(session.scalars(query.order_by(Complaint.due_at, Complaint.id)))


def closed(session: Session, *, count: int) -> list[Complaint]:
    """Those closed last."""
    query = select(Complaint).where(Complaint.state == "closed")
    return list(session.scalars(query.order_by(Complaint.closed_at.desc()).limit(count)))


def events(session: Session, number: int) -> list[ComplaintEvent]:
    """The complaint's course, oldest first."""
    query = select(ComplaintEvent).where(ComplaintEvent.complaint_id == number)
    return list(session.scalars(query.order_by(ComplaintEvent.id)))


def locked(session: Session, number: int) -> Complaint:
    """The complaint as it is now, held until the transaction ends. Raises
    ComplaintNotFoundError."""
    query = select(Complaint).where(Complaint.id == number).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise ComplaintNotFoundError(f"complaint {number}")
    return row


def _event(
    session: Session, row: Complaint, kind: str, *, by: str, now: datetime, text: str = ""
) -> None:
    session.add(
        ComplaintEvent(
            complaint_id=row.id, at=now, kind=kind, by=by[:64], note=text.strip()[:MOST_TEXT]
        )
    )
