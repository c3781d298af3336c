"""What is on record of whoever is behind a conversation."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from care.alarms.model import Alarm
from care.calls.model import Call
from care.desk.person import NOBODY, Person, people
from care.elders.model import Elder
from care.elders.service import numbers
from care.orders.model import Order

_MOST = 8
"""Of each kind, the latest first."""


@dataclass(frozen=True)
class Record:
    """One person's past with the service."""

    person: Person
    elders: tuple[Elder, ...]
    """Several where they share the landline."""
    orders: tuple[Order, ...]
    alarms: tuple[Alarm, ...]
    calls: tuple[Call, ...]


def record_of(session: Session, conversation_id: int) -> Record:
    """What belongs to this conversation, and to the elder it is known to come from.

    A number that somebody merely said opens nobody's record: anybody can say any number.
    """
    person = people(session, [conversation_id]).get(conversation_id, NOBODY)
    elders = tuple(session.get_one(Elder, number) for number in person.elders)
    phones = [phone for elder in elders for phone in numbers(session, elder)]
    orders = select(Order).where(_belongs(Order, conversation_id, person, phones))
    alarms = select(Alarm).where(_belongs(Alarm, conversation_id, person, phones))
    calls = or_(Call.conversation_id == conversation_id, Call.elder_id.in_(person.elders))
    return Record(
        person,
        elders,
        tuple(session.scalars(orders.order_by(Order.id.desc()).limit(_MOST))),
        tuple(session.scalars(alarms.order_by(Alarm.id.desc()).limit(_MOST))),
        tuple(session.scalars(select(Call).where(calls).order_by(Call.id.desc()).limit(_MOST))),
    )


def _belongs(
    model: type[Order] | type[Alarm],
    conversation_id: int,
    person: Person,
    phones: list[str],
) -> ColumnElement[bool]:
    """What names another record is that one's, also from a number that both share."""
    return or_(
        model.conversation_id == conversation_id,
        model.elder_id.in_(person.elders),
        and_(model.elder_id.is_(None), model.phone.in_(phones)),
    )
