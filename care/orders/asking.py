"""Elders are asked about drafts in conversation; which draft a 好 or 不要 is about."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from care.conversations import service as conversations
from care.orders.attention import ALLERGY
from care.orders.model import Order, OrderEvent
from care.orders.state import DRAFT
from care.orders.steps import Act, record
from care.orders.whose import vouched

ASKED = "asked_elder"
"""Kind of the order's event; its note is the number of the utterance."""
_AGAIN = timedelta(hours=12)
"""Whoever didn't answer isn't asked again sooner."""


def next_draft(session: Session, conversation_id: int, now: datetime) -> Order | None:
    """The soonest draft of this conversation, or of those for whom it is vouched, that waits for a
    yes and wasn't asked about lately."""
    lately = exists().where(
        OrderEvent.order_id == Order.id, OrderEvent.kind == ASKED, OrderEvent.at > now - _AGAIN
    )
    query = select(Order).where(_mine(session, conversation_id), Order.due_at > now, ~lately)
    return session.scalar(query.order_by(Order.on, Order.id).limit(1))


def asked(session: Session, order: Order, utterance_id: int, act: Act) -> None:
    """The elder was asked, in the utterance of this number."""
    record(session, order, ASKED, act, note=str(utterance_id))


def open_draft(session: Session, conversation_id: int) -> Order | None:
    """The draft that the last thing said by the assistant asked about; None for anything else."""
    last = conversations.last_by(session, conversation_id, speaker="assistant")
    asked_then = exists().where(
        OrderEvent.order_id == Order.id, OrderEvent.kind == ASKED, OrderEvent.note == str(last)
    )
    query = select(Order).where(_mine(session, conversation_id), asked_then)
    return session.scalar(query.limit(1))


def _mine(session: Session, conversation_id: int) -> ColumnElement[bool]:
    elders = [elder.id for elder in vouched(session, conversation_id)]
    whose = or_(Order.conversation_id == conversation_id, Order.elder_id.in_(elders))
    # What is in a meal, and which to have instead, is the desk's to talk about.
    return (Order.state == DRAFT) & whose & Order.attention.is_distinct_from(ALLERGY)
