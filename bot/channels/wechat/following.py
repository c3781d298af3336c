"""Follows what happens elsewhere and has to be told in WeChat: operators' words, alarms, orders."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import structlog
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.channels.wechat.sentences import Sentences
from care.alarms.model import Alarm, AlarmEvent
from care.changes.reader import Reader
from care.clock import Clock
from care.conversations.model import Conversation, Utterance
from care.elders.model import Elder
from care.orders.model import Order, OrderEvent
from care.storage.engine import Sessions
from care.wechat import messages, outbox
from care.wechat.binding import of_sender
from care.wechat.model import WechatUser
from care.wechat.telling import tell

EVERY = 0.3
"""Seconds between two looks."""
_TIDY = 2.0
"""Seconds between two looks for answers that nobody fetched."""
_FORGET = 600.0
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
log = structlog.get_logger(__name__)


@dataclass
class Following:
    """One for the process; several may run: what one has put into the outbox no other puts."""

    sessions: Sessions
    says: Sentences
    clock: Clock
    put: Callable[[], None]
    """Told when there may be something in the outbox."""
    _stopped: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._reader = Reader(self.sessions)
        self._thread = threading.Thread(target=self._run, name="wechat-follows", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Waits for the look that is being taken."""
        self._stopped.set()
        self._thread.join()

    def look(self) -> None:
        """Puts what is new into the outbox."""
        changed = self._reader.read(time.monotonic())
        if changed is not None and not changed:
            return
        keys: dict[str, set[int]] = {}
        for topic, key in changed or ():
            if key.isdecimal():
                keys.setdefault(topic, set()).add(int(key))
        with self.sessions.begin() as session:
            if changed is None or "conversation" in keys:
                self._operators(session, keys.get("conversation"))
            if changed is None or "alarm" in keys:
                self._alarms(session, keys.get("alarm"))
            if changed is None or "order" in keys:
                self._orders(session, keys.get("order"))
        self.put()

    def tidy(self) -> None:
        """Answers that nobody fetched go out as messages of their own."""
        with self.sessions.begin() as session:
            left = messages.leave_old_to_service(session, self.clock())
        if left:
            self.put()

    def forget(self) -> None:
        """What can't come again is deleted."""
        with self.sessions.begin() as session:
            messages.forget_old(session, self.clock())

    def _operators(self, session: Session, numbers: set[int] | None) -> None:
        now = self.clock()
        query = (
            select(Utterance, WechatUser.openid)
            .join(WechatUser, WechatUser.conversation_id == Utterance.conversation_id)
            .where(Utterance.speaker == "operator", Utterance.at > now - _BACK)
            .where(_among(Utterance.conversation_id, numbers))
            .order_by(Utterance.id)
        )
        said = {f"said:{row.id}": (row, openid) for row, openid in session.execute(query)}
        known = outbox.known(session, list(said))
        for key, (row, openid) in said.items():
            if key not in known:
                outbox.put(session, outbox.Words(key, openid, row.text), row.at)

    def _alarms(self, session: Session, numbers: set[int] | None) -> None:
        now = self.clock()
        query = (
            select(AlarmEvent, Alarm)
            .join(Alarm, Alarm.id == AlarmEvent.alarm_id)
            .where(AlarmEvent.kind.in_(_ALARM), AlarmEvent.at > now - _NEWS)
            .where(_among(Alarm.id, numbers))
            .order_by(AlarmEvent.id)
        )
        for event, alarm in session.execute(query):
            elder = self._elder(session, alarm.elder_id, alarm.conversation_id)
            if elder is not None:
                text = getattr(self.says, _ALARM[event.kind]).format(name=elder.name)
                tell(session, elder.id, "alarm", key=f"alarm:{event.id}", text=text, now=now)

    def _orders(self, session: Session, numbers: set[int] | None) -> None:
        now = self.clock()
        query = (
            select(OrderEvent, Order)
            .join(Order, Order.id == OrderEvent.order_id)
            .where(OrderEvent.kind.in_(_ORDER), OrderEvent.at > now - _NEWS)
            .where(_among(Order.id, numbers))
            .order_by(OrderEvent.id)
        )
        for event, order in session.execute(query):
            elder = self._elder(session, order.elder_id, order.conversation_id)
            if elder is not None:
                text = getattr(self.says, _ORDER[event.kind]).format(
                    name=elder.name, service=order.service, day=_day(order.on), ref=order.ref
                )
                tell(session, elder.id, "order", key=f"order:{event.id}", text=text, now=now)

    def _elder(
        self, session: Session, elder_id: int | None, conversation_id: int | None
    ) -> Elder | None:
        """Whose matter it is: named in it, or the elder who is bound to the conversation."""
        if elder_id is not None:
            return session.get(Elder, elder_id)
        if conversation_id is None:
            return None
        row = session.get(Conversation, conversation_id)
        own = of_sender(session, row.sender_id) if row else []
        return next((each.elder for each in own if each.is_self), None)

    def _run(self) -> None:
        tidied = forgotten = time.monotonic()
        while not self._stopped.wait(EVERY):
            try:
                self.look()
                if time.monotonic() - tidied > _TIDY:
                    tidied = time.monotonic()
                    self.tidy()
                if time.monotonic() - forgotten > _FORGET:
                    forgotten = time.monotonic()
                    self.forget()
            except Exception as error:  # whatever it is: the next look may find the database there
                log.warning("WeChat doesn't follow", error=type(error).__name__)
                self._reader = Reader(self.sessions)  # which begins with a look at everything
                self._stopped.wait(_TIDY)


def _among(
    column: ColumnElement[int] | InstrumentedAttribute[int], numbers: set[int] | None
) -> ColumnElement[bool]:
    return true() if numbers is None else column.in_(numbers)


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
