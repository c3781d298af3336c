"""People whom an elder wants called in an emergency."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from care.elders.event import note
from care.storage.base import Base
from care.storage.seal import Sealed

MOST = 6
"""Contacts of an elder: nobody calls a seventh in time."""


class ElderContact(Base):
    """A relative or neighbour, with the elder's and their own consent."""

    __tablename__ = "elder_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    rank: Mapped[int] = mapped_column(default=1)
    """Who is called first: 1."""
    name: Mapped[str] = mapped_column(Sealed("elder_contacts.name"))
    relation: Mapped[str | None] = mapped_column(String(32))
    phone: Mapped[str] = mapped_column(Sealed("elder_contacts.phone", findable=True))
    agreed_on: Mapped[date | None] = mapped_column(Date)
    """When they said that we may call them."""


def contacts(session: Session, elder_id: int) -> list[ElderContact]:
    """An elder's contacts, the first to call first."""
    query = select(ElderContact).where(ElderContact.elder_id == elder_id)
    return list(session.scalars(query.order_by(ElderContact.rank, ElderContact.id)))


@dataclass(frozen=True)
class NewContact:
    """Somebody to call."""

    name: str
    relation: str
    phone: str
    """As care.elders.number.national writes it."""
    agreed_on: date | None


class TooManyError(RuntimeError):
    """The elder has as many contacts as anybody could call."""


def add(session: Session, elder_id: int, new: NewContact, *, by: str, now: datetime) -> None:
    """After those who are there. Raises TooManyError."""
    there = contacts(session, elder_id)
    if len(there) >= MOST:
        raise TooManyError
    session.add(ElderContact(elder_id=elder_id, rank=len(there) + 1, **vars(new)))
    note(session, elder_id, "contact", by=by, now=now, after="added")
    _number(there)


def remove(session: Session, elder_id: int, contact_id: int, *, by: str, now: datetime) -> None:
    """Nobody calls them any more; one who is gone already is no error."""
    there = contacts(session, elder_id)
    for each in there:
        if each.id == contact_id:
            session.delete(each)
            note(session, elder_id, "contact", by=by, now=now, after="removed")
    _number([each for each in there if each.id != contact_id])


def move_up(session: Session, elder_id: int, contact_id: int, *, by: str, now: datetime) -> None:
    """One place nearer to being called first."""
    there = contacts(session, elder_id)
    place = next((at for at, each in enumerate(there) if each.id == contact_id), 0)
    if place:
        there.insert(place - 1, there.pop(place))
        _number(there)
        note(session, elder_id, "contact", by=by, now=now, after="moved")


def agree(
    session: Session, elder_id: int, contact_id: int, *, on: date, by: str, now: datetime
) -> None:
    """They said that we may call them."""
    for each in contacts(session, elder_id):
        if each.id == contact_id and each.agreed_on is None:
            each.agreed_on = on
            note(session, elder_id, "contact", by=by, now=now, after="agreed")


def _number(there: list[ElderContact]) -> None:
    for rank, each in enumerate(there, 1):
        each.rank = rank
