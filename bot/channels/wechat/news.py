"""What happened elsewhere and has to be told in WeChat: operators' words, alarms, orders, visits.

Only looks: whoever is told wished it (`care.wechat.binding`), except for what an operator writes.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.channels.wechat.sentences import Sentences
from care.alarms.model import Alarm, AlarmEvent
from care.clock import SHANGHAI
from care.conversations.model import Conversation, Utterance
from care.elders.model import Elder
from care.orders.model import Order, OrderEvent
from care.visits.model import Visit, VisitEvent
from care.visits.service import is_by_phone
from care.visits.state import How, State, Why
from care.wechat.binding import elders_followed, of_sender
from care.wechat.model import WechatUser
from care.wechat.outbox import Words
from care.wechat.telling import notices

_BACK = timedelta(hours=48)
"""How far back an operator's words are still worth sending: nothing older may be sent."""
_NEWS = timedelta(hours=1)
"""How far back what happened is still news."""
_ALARM = {"raised": "alarm_raised", "closed": "alarm_closed"}
_ORDER = {
    "placed": "order_placed",
    "changed": "order_changed",
    "cancelled": "order_cancelled",
    "done": "order_done",
}
_UNANSWERED = {Why.NO_ANSWER, Why.UNREACHABLE}
_MORNING, _EVENING = time(8), time(21)
"""A plan is made at night; nobody's telephone has to ring for it."""

Numbers = Collection[int] | None
"""Which of them may have changed; None for any."""
Due = tuple[Words, datetime]
"""What to say, and when."""


@dataclass(frozen=True)
class News:
    """Of one moment, in one session that only reads."""

    session: Session
    says: Sentences
    now: datetime

    def operators(self, numbers: Numbers) -> Iterator[Due]:
        """What operators wrote in these conversations."""
        query = (
            select(Utterance, WechatUser.openid)
            .join(WechatUser, WechatUser.conversation_id == Utterance.conversation_id)
            .where(Utterance.speaker == "operator", Utterance.at > self.now - _BACK)
            .where(_among(Utterance.conversation_id, numbers))
            .order_by(Utterance.id)
        )
        for row, openid in self.session.execute(query):
            yield Words(f"said:{row.id}", openid, row.text), row.at

    def alarms(self, numbers: Numbers) -> Iterator[Due]:
        """That somebody cried for help, and that it is over."""
        query = (
            select(AlarmEvent, Alarm)
            .join(Alarm, Alarm.id == AlarmEvent.alarm_id)
            .where(AlarmEvent.kind.in_(_ALARM), AlarmEvent.at > self.now - _NEWS)
            .where(_among(Alarm.id, numbers))
            .order_by(AlarmEvent.id)
        )
        for event, alarm in self.session.execute(query):
            elder = self._elder(alarm.elder_id, alarm.conversation_id)
            if elder is not None:
                text = getattr(self.says, _ALARM[event.kind]).format(name=elder.name)
                yield from self._notices(elder.id, "alarm", f"alarm:{event.id}", text)

    def orders(self, numbers: Numbers) -> Iterator[Due]:
        """What was ordered, changed, called off and done."""
        query = (
            select(OrderEvent, Order)
            .join(Order, Order.id == OrderEvent.order_id)
            .where(OrderEvent.kind.in_(_ORDER), OrderEvent.at > self.now - _NEWS)
            .where(_among(Order.id, numbers))
            .order_by(OrderEvent.id)
        )
        for event, order in self.session.execute(query):
            elder = self._elder(order.elder_id, order.conversation_id)
            if elder is not None:
                text = getattr(self.says, _ORDER[event.kind]).format(
                    name=elder.name, service=order.service, day=_day(order.on), ref=order.ref
                )
                yield from self._notices(elder.id, "order", f"order:{event.id}", text)

    def visits(self, numbers: Numbers) -> Iterator[Due]:
        """Visits that are planned and made, and those for which nobody picked up; not what was
        said there, which is between the elder and the visitor. A month's plan has thousands:
        only those that somebody wishes to hear of are looked at."""
        query = (
            select(VisitEvent, Visit, Elder)
            .join(Visit, Visit.id == VisitEvent.visit_id)
            .join(Elder, Elder.id == Visit.elder_id)
            .where(VisitEvent.kind.in_((State.PLANNED, State.DONE, "in_person")))
            .where(VisitEvent.at > self.now - _NEWS)
            .where(Visit.elder_id.in_(elders_followed("visit")))
            .where(_among(Visit.id, numbers))
            .order_by(VisitEvent.id)
        )
        for event, visit, elder in self.session.execute(query):
            sentence = self._of_visit(event, visit)
            if sentence is not None:
                first, last = _day(visit.due_from), _day(visit.due_on)
                done = _day(visit.done_at.date()) if visit.done_at else ""
                text = sentence.format(name=elder.name, first=first, last=last, day=done)
                yield from self._notices(elder.id, "visit", f"visit:{event.id}", text)

    def _of_visit(self, event: VisitEvent, visit: Visit) -> str | None:
        if event.kind == State.PLANNED and visit.state == State.PLANNED:
            return self.says.visit_planned_call if is_by_phone(visit) else self.says.visit_planned
        if event.kind == State.DONE and visit.state == State.DONE:
            return self.says.visit_called if visit.done_how == How.PHONE else self.says.visit_done
        if event.kind == "in_person" and event.note in _UNANSWERED:
            return self.says.visit_unanswered
        if event.kind == "in_person" and event.note == Why.LATE:
            return self.says.visit_in_person
        return None

    def _notices(self, elder_id: int, topic: str, key: str, text: str) -> Iterator[Due]:
        at = self.now if topic == "alarm" else awake(self.now)
        for words in notices(self.session, elder_id, topic, key=key, text=text):
            yield words, at

    def _elder(self, elder_id: int | None, conversation_id: int | None) -> Elder | None:
        """Whose matter it is: named in it, or the elder who is bound to the conversation."""
        if elder_id is not None:
            return self.session.get(Elder, elder_id)
        if conversation_id is None:
            return None
        row = self.session.get(Conversation, conversation_id)
        own = of_sender(self.session, row.sender_id) if row else []
        return next((each.elder for each in own if each.is_self), None)


def awake(now: datetime) -> datetime:
    """`now` by day, otherwise the next morning."""
    here = now.astimezone(SHANGHAI)
    if _MORNING <= here.time() < _EVENING:
        return now
    day = here.date() if here.time() < _MORNING else here.date() + timedelta(days=1)
    return datetime.combine(day, _MORNING, SHANGHAI)


def _among(
    column: ColumnElement[int] | InstrumentedAttribute[int], numbers: Numbers
) -> ColumnElement[bool]:
    return true() if numbers is None else column.in_(numbers)


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
