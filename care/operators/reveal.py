"""The only way from a masked number to the whole one: who, when, which record and why are kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from care.alarms.model import Alarm
from care.calls.model import Call
from care.complaints.model import Complaint
from care.desk.model import Callback
from care.elders.contact import ElderContact
from care.elders.model import Elder
from care.operators.model import NumberReveal, Operator
from care.operators.refused import RefusedError
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.orders.model import Order

MOST_WHY = 100
"""Characters."""
EXPORT = "elder_export"
"""Kind of an entry for many records at once; its number says how many."""


class Record(str, Enum):
    """Kinds of record that hold a number."""

    ELDER = "elder"
    IDENTITY = "identity"
    CONTACT = "contact"
    ALARM = "alarm"
    CALL = "call"
    ORDER = "order"
    CALLBACK = "callback"
    COMPLAINT = "complaint"


_NUMBERS: dict[Record, tuple[InstrumentedAttribute[int], InstrumentedAttribute[str | None]]] = {
    Record.ELDER: (Elder.id, Elder.phone),
    Record.IDENTITY: (Elder.id, Elder.identity),
    Record.CONTACT: (ElderContact.id, ElderContact.phone),
    Record.ALARM: (Alarm.id, Alarm.phone),
    Record.CALL: (Call.id, Call.caller),
    Record.ORDER: (Order.id, Order.phone),
    Record.CALLBACK: (Callback.id, Callback.phone),
    Record.COMPLAINT: (Complaint.id, Complaint.phone),
}


@dataclass(frozen=True)
class Revealed:
    """One line of the log, for whoever audits."""

    entry: NumberReveal
    operator: Operator


def reveal(
    session: Session, who: SignedIn, record: Record, number: int, *, why: str, now: datetime
) -> str:
    """The whole number of a record, written down before it is read.

    Commit before showing it. Raises RefusedError without the right, a reason or a number.
    """
    reason = _reason(who, why)
    key, column = _NUMBERS[record]
    found = session.scalar(select(column).where(key == number))
    if not found:
        raise RefusedError("no_number")
    session.add(
        NumberReveal(at=now, operator_id=who.id, kind=record.value, record_id=number, why=reason)
    )
    session.flush()
    return found


def reveal_export(session: Session, who: SignedIn, count: int, *, why: str, now: datetime) -> None:
    """Somebody takes `count` records away with their whole numbers: written down before they get
    them. Commit first. Raises RefusedError without the right or a reason.
    """
    reason = _reason(who, why)
    session.add(NumberReveal(at=now, operator_id=who.id, kind=EXPORT, record_id=count, why=reason))
    session.flush()


def _reason(who: SignedIn, why: str) -> str:
    reason = " ".join(why.split())
    if not who.may(Right.REVEAL_NUMBERS):
        raise RefusedError("not_allowed")
    if not 0 < len(reason) <= MOST_WHY:
        raise RefusedError("reason_missing", most=MOST_WHY)
    return reason


def latest(session: Session, *, count: int, before: int | None = None) -> list[Revealed]:
    """The newest reveals, newest first; `before`: an entry's id."""
    query = (
        select(NumberReveal, Operator)
        .join(Operator, Operator.id == NumberReveal.operator_id)
        .order_by(NumberReveal.id.desc())
        .limit(count)
    )
    if before is not None:
        query = query.where(NumberReveal.id < before)
    return [Revealed(entry, operator) for entry, operator in session.execute(query)]
