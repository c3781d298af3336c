"""Asks once when something is done, and keeps what the elder answers."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from care.complaints import service as complaints
from care.complaints.model import Complaint
from care.complaints.words import Words as ComplaintWords
from care.conversations import service as conversations
from care.conversations.model import Conversation, Utterance
from care.orders import life
from care.orders.life import Act
from care.orders.model import Order, OrderEvent
from care.orders.state import DONE
from care.orders.steps import record
from care.satisfaction.words import Heard, Words

ASKED = "asked"
"""Kind of the order's event; its note is the number of the utterance."""
BAD = 2
"""A score up to this opens a complaint."""
_TOLD = frozenset({"web"})
"""Channels on which what nobody asked for arrives."""
_RECENT = timedelta(hours=12)
"""Since the elder said something: whoever left long ago isn't there to be asked."""


def ask(session: Session, order: Order, spoken: str, now: datetime) -> bool:
    """Asks in the conversation in which the order was placed; whether there was somebody to ask.

    `spoken`: how the service is called in speech. Asked once, however often this is called.
    """
    row = session.get(Conversation, order.conversation_id) if order.conversation_id else None
    if row is None or row.channel not in _TOLD or now - row.last_at > _RECENT:
        return False
    if order.state != DONE or _asked(session, order.id) is not None:
        return False
    said = conversations.record(
        session,
        conversation=row,
        speaker="assistant",
        text=Words.own().ask.format(service=spoken),
        now=now,
        operator=conversations.UNASKED,
    )
    session.flush()
    record(session, order, ASKED, Act("assistant", now, row.channel), note=str(said.id))
    return True


def open_question(session: Session, conversation_id: int) -> tuple[Order, bool] | None:
    """The order of this conversation that was done last and is yet to be judged, and whether the
    question was the last thing that the assistant said; None when there is none, or nobody asked.
    """
    query = select(Order).where(
        Order.conversation_id == conversation_id,
        Order.state == DONE,
        exists().where(OrderEvent.order_id == Order.id, OrderEvent.kind == ASKED),
    )
    order = session.scalar(query.order_by(Order.done_at.desc()).limit(1))
    if order is None:
        return None
    last = session.scalar(
        select(Utterance.id)
        .where(Utterance.conversation_id == conversation_id, Utterance.speaker == "assistant")
        .order_by(Utterance.id.desc())
        .limit(1)
    )
    return order, str(last) == _asked(session, order.id)


def unjudged(session: Session, *, count: int) -> list[Order]:
    """What is done and waits to be judged, the latest done first."""
    query = select(Order).where(Order.state == DONE)
    return list(session.scalars(query.order_by(Order.done_at.desc()).limit(count)))


def keep(session: Session, order_id: int, heard: Heard, words: str, act: Act) -> Complaint | None:
    """Keeps the judgement with the elder's own words; a bad one opens a complaint.

    Raises care.orders.life.OrderStateError for an order that isn't done, or was judged already.
    """
    score = heard.score if heard.score is not None else 1
    said = Act(act.by, act.now, act.how, words)
    order = life.review(session, order_id, said, score=score)
    if score > BAD:
        return None
    told = ComplaintWords.own()
    sentence = told.not_done if heard.score is None else told.bad_review
    report = complaints.Report(
        kind="late" if heard.score is None else "quality",
        text=sentence.format(score=score, words=words),
        order_id=order.id,
        conversation_id=order.conversation_id,
    )
    return complaints.make(session, report, by=act.by, now=act.now)


def _asked(session: Session, order_id: int) -> str | None:
    query = select(OrderEvent.note).where(OrderEvent.order_id == order_id, OrderEvent.kind == ASKED)
    return session.scalar(query.limit(1))
