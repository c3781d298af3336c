"""What is on record of whoever is behind a conversation."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
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
    elder: Elder | None
    orders: tuple[Order, ...]
    alarms: tuple[Alarm, ...]
    calls: tuple[Call, ...]


def record_of(session: Session, conversation_id: int) -> Record:
    """What belongs to this conversation, and to the elder it is known to come from.

    A number that somebody merely said opens nobody's record: anybody can say any number.
    """
    person = people(session, [conversation_id]).get(conversation_id, NOBODY)
    elder = session.get(Elder, person.elder_id) if person.elder_id else None
    phones = numbers(session, elder) if elder else []
    orders = select(Order).where(_belongs(Order, conversation_id, elder, phones))
    alarms = select(Alarm).where(_belongs(Alarm, conversation_id, elder, phones))
    calls: ColumnElement[bool] = Call.conversation_id == conversation_id
    if elder is not None:
        calls = or_(calls, Call.elder_id == elder.id)
    return Record(
        person,
        elder,
        tuple(session.scalars(orders.order_by(Order.id.desc()).limit(_MOST))),
        tuple(session.scalars(alarms.order_by(Alarm.id.desc()).limit(_MOST))),
        tuple(session.scalars(select(Call).where(calls).order_by(Call.id.desc()).limit(_MOST))),
    )


def _belongs(
    model: type[Order] | type[Alarm],
    conversation_id: int,
    elder: Elder | None,
    phones: list[str],
) -> ColumnElement[bool]:
    own = model.conversation_id == conversation_id
    if elder is None:
        return own
    return or_(own, model.elder_id == elder.id, model.phone.in_(phones))
