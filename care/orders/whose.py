"""Whose orders a conversation is about, as far as its channel vouches for it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from care.conversations.model import Conversation
from care.elders.model import Elder
from care.elders.service import by_calling_number
from care.elders.sounding import sound_key
from care.wechat.binding import of_sender

_TELEPHONE = "tel:"
"""Begins the sender of a conversation by telephone; the number follows."""


@dataclass(frozen=True)
class Known:
    """An elder for whom whoever talks may ask and order."""

    elder: Elder
    is_self: bool
    """It is the elder who talks, not one of their family."""


def known(session: Session, conversation_id: int) -> list[Known]:
    """Whom the channel vouches for: who calls on their own mobile number, or is bound in WeChat.
    What somebody merely says vouches for nobody.
    """
    row = session.get(Conversation, conversation_id)
    if row is None:
        return []
    if row.sender_id.startswith(_TELEPHONE):
        caller = by_calling_number(session, row.sender_id.removeprefix(_TELEPHONE))
        sure = caller.elders if caller is not None and caller.sure else ()
        return [Known(each, is_self=True) for each in sure]
    return [Known(each.elder, each.is_self) for each in of_sender(session, row.sender_id)]


def vouched(session: Session, conversation_id: int) -> list[Elder]:
    """The elders of `known`."""
    return [each.elder for each in known(session, conversation_id)]


def at_home(session: Session, conversation_id: int) -> list[Elder]:
    """Those of `vouched`, and all who share the landline that calls: for what everybody in a home
    may know."""
    row = session.get(Conversation, conversation_id)
    if row is not None and row.sender_id.startswith(_TELEPHONE):
        caller = by_calling_number(session, row.sender_id.removeprefix(_TELEPHONE))
        return list(caller.elders) if caller is not None else []
    return vouched(session, conversation_id)


def named(session: Session, conversation_id: int, person: str) -> Elder | None:
    """Which of them is called so, or sounds so: one who orders for a neighbour says their name."""
    sound = sound_key(person)
    found = [each for each in vouched(session, conversation_id) if sound_key(each.name) == sound]
    return found[0] if len(found) == 1 else None
