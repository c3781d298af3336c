"""Asks once when something is done, and keeps what the elder answers.

In writing the question comes by itself as soon as the work is done; on the telephone it waits until
the elder calls and their own concern is answered.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from care.complaints import service as complaints
from care.complaints.model import Complaint
from care.complaints.words import Words as ComplaintWords
from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.orders import life
from care.orders.life import Act
from care.orders.model import Order, OrderEvent
from care.orders.state import CLOSED, DONE
from care.orders.steps import BY_CODE, record
from care.orders.whose import known
from care.providers.slot import MEALS
from care.satisfaction.words import Heard, Words
from care.wechat import outbox, quota, users

ASKED = "asked"
"""Kind of the order's event; its note is the number of the utterance."""
DONE_SAID = "end_confirmed"
"""Kind of the order's event: the elder says that it was done."""
BAD = 2
"""A score up to this opens a complaint."""
_RECENT = timedelta(hours=12)
"""Since the elder wrote on a page: whoever left long ago isn't there to be asked."""
_FEW = 5
"""Orders of one elder that may wait for a judgement at once."""
_REMEMBERED = timedelta(days=7)
"""Since it was done: how it was longer ago nobody is asked."""


def ask(session: Session, order: Order, spoken: str, now: datetime) -> bool:
    """Asks in writing in the conversation in which the order was placed; whether that was possible.

    `spoken`: how the service is called in speech. Asked once, however often this is called.
    """
    row = session.get(Conversation, order.conversation_id) if order.conversation_id else None
    if row is None or order.state != DONE or _asked(session, order.id) is not None:
        return False
    openid = _reached_in_wechat(session, row, now)
    if openid is None and (row.channel != "web" or now - row.last_at > _RECENT):
        return False
    words = Words.own()
    text = (words.ask if is_sure(session, order) else words.ask_unsure).format(service=spoken)
    said = conversations.record(
        session,
        conversation=row,
        speaker="assistant",
        text=text,
        now=now,
        operator=conversations.UNASKED,
    )
    session.flush()
    if openid is not None:
        outbox.put(session, outbox.Words(f"asked:{order.id}", openid, text), now)
    note_asked(session, order, said.id, Act("assistant", now, row.channel))
    return True


def is_sure(session: Session, order: Order) -> bool:
    """Whether more than the worker's word says that it was done: the elder's code at its end. A
    meal is handed over, which needs none."""
    if order.service in MEALS:
        return True
    coded = exists().where(
        OrderEvent.order_id == order.id,
        OrderEvent.kind == "finished",
        OrderEvent.how == BY_CODE,
    )
    return bool(session.scalar(select(coded)))


def unasked(session: Session, conversation_id: int, now: datetime) -> Order | None:
    """What was done lately for whoever talks, is yet to be judged, and nobody was asked about."""
    query = select(Order).where(
        _own(session, conversation_id),
        Order.state.in_((DONE, CLOSED)),
        Order.done_at > now - _REMEMBERED,
        ~_was_asked(),
    )
    return session.scalar(query.order_by(Order.done_at.desc()).limit(1))


def note_asked(session: Session, order: Order, utterance_id: int, act: Act) -> None:
    """The question was asked, in the utterance of this number."""
    record(session, order, ASKED, act, note=str(utterance_id))


def open_question(session: Session, conversation_id: int) -> tuple[Order, bool] | None:
    """The order of whoever talks that was done last and is yet to be judged, and whether the
    question was the last thing that the assistant said; None when there is none, or nobody asked.
    """
    query = select(Order).where(
        _own(session, conversation_id), Order.state.in_((DONE, CLOSED)), _was_asked()
    )
    last = conversations.last_by(session, conversation_id, speaker="assistant")
    for order in session.scalars(query.order_by(Order.done_at.desc()).limit(_FEW)):
        just_now = str(last) == _asked(session, order.id)
        if just_now or order.state == DONE:
            return order, just_now
    return None


def note_done(session: Session, order_id: int, act: Act) -> None:
    """The elder says that it was done, and not yet how."""
    record(session, session.get_one(Order, order_id), DONE_SAID, act)


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


def _own(session: Session, conversation_id: int) -> ColumnElement[bool]:
    """What was ordered in this conversation, or for the elder who talks: how it was is theirs to
    say, not their family's."""
    own = [each.elder.id for each in known(session, conversation_id) if each.is_self]
    return or_(Order.conversation_id == conversation_id, Order.elder_id.in_(own))


def _reached_in_wechat(session: Session, row: Conversation, now: datetime) -> str | None:
    """Their openid, where a message may still go to them by the platform's rules."""
    user = users.of_conversation(session, row.id) if row.channel == "wechat" else None
    return user.openid if user is not None and quota.left(user, now).count else None


def _was_asked() -> ColumnElement[bool]:
    return exists().where(OrderEvent.order_id == Order.id, OrderEvent.kind == ASKED)


def _asked(session: Session, order_id: int) -> str | None:
    query = select(OrderEvent.note).where(OrderEvent.order_id == order_id, OrderEvent.kind == ASKED)
    return session.scalar(query.limit(1))
