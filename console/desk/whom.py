"""Whom something at the desk is about."""

from sqlalchemy.orm import Session

from care.conversations.model import Conversation
from care.desk.person import NOBODY, Person, people
from care.elders.model import Elder
from console.desk.answers import refuse


def person_of(session: Session, conversation: int | None) -> Person:
    """As far as the conversation tells; NOBODY without one. 404 for one that isn't there."""
    if conversation is None:
        return NOBODY
    if session.get(Conversation, conversation) is None:
        raise refuse("没有这个对话。", 404)
    return people(session, [conversation])[conversation]


def elder_called(session: Session, person: Person, name: str) -> int | None:
    """The record of whoever something is for: of those who share a landline who is called so."""
    if len(person.elders) < 2:
        return person.elder_id
    named = (each for each in person.elders if session.get_one(Elder, each).name == name.strip())
    return next(named, None)
