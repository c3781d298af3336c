"""Who is behind a conversation, as far as anything that is stored tells."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.alarms.model import Alarm
from care.calls.model import Call
from care.conversations.model import Conversation
from care.elders.household import all_names
from care.elders.model import Elder
from care.elders.number import national
from care.elders.service import Household, by_phones
from care.orders.model import Order
from care.wechat.binding import themselves

_TELEPHONE = "tel:"
"""Begins the sender of a conversation by telephone; the number follows."""


@dataclass(frozen=True)
class Person:
    """What to call somebody, and how to reach them."""

    name: str | None = None
    phone: str | None = None
    """In full. What shows it masks it."""
    elders: tuple[int, ...] = ()
    """Their record, when the telephone network or a caller's own number led to it; several where
    they share the landline, and any of them may be behind it."""

    @property
    def elder_id(self) -> int | None:
        """Their record, where it can only be one."""
        return self.elders[0] if len(self.elders) == 1 else None


NOBODY = Person()


def people(session: Session, conversation_ids: Collection[int]) -> dict[int, Person]:
    """Who is behind each of these conversations; NOBODY when nothing tells.

    The telephone network's word counts most, then what was said in an alarm, then in an order.
    """
    if not conversation_ids:
        return {}
    names: dict[int, str] = {}
    phones: dict[int, str] = {}
    wanted = list(conversation_ids)
    for model in (Order, Alarm):  # the later one overwrites, and so does the later row
        rows = session.execute(
            select(model.conversation_id, model.person, model.phone)
            .where(model.conversation_id.in_(wanted))
            .order_by(model.id)
        )
        for number, name, phone in rows:
            if number and name:
                names[number] = name
            if number and phone:
                phones[number] = phone
    calls = (
        select(Call.conversation_id, Call.caller)
        .where(Call.conversation_id.in_(wanted), Call.caller.is_not(None))
        .order_by(Call.id)
    )
    for number, caller in session.execute(calls):
        if number and caller and (phone := national(caller)):
            phones[number] = phone
    senders = select(Conversation.id, Conversation.sender_id).where(Conversation.id.in_(wanted))
    for number, sender in session.execute(senders):
        if sender.startswith(_TELEPHONE):
            phones[number] = sender.removeprefix(_TELEPHONE)
    elders = _elders(session, wanted, phones)
    elders |= {number: (elder,) for number, elder in themselves(session, wanted).items()}
    return {
        number: Person(
            all_names(found), phones.get(number, found[0].phone), tuple(each.id for each in found)
        )
        if (found := elders.get(number))
        else Person(names.get(number), phones.get(number))
        for number in wanted
    }


def _elders(session: Session, wanted: list[int], phones: dict[int, str]) -> dict[int, Household]:
    """The records of each, by the call it came with or by the number."""
    known = by_phones(session, set(phones.values()))
    found = {number: known[phone] for number, phone in phones.items() if phone in known}
    calls = (
        select(Call.conversation_id, Elder)
        .join(Elder, Elder.id == Call.elder_id)
        .where(Call.conversation_id.in_(wanted))
        .order_by(Call.id)
    )
    found.update({number: (elder,) for number, elder in session.execute(calls) if number})
    return found
