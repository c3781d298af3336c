"""The errand of judging what was done: 满意, 一般, 三分, 没来."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.dialogue import Said
from bot.errand import Spoken
from bot.question import Asked
from bot.reply import Reply
from care.catalogue.service import Catalogue
from care.clock import Clock
from care.conversations.model import Conversation
from care.language.dates import say_date
from care.orders.life import Act, OrderStateError
from care.orders.model import Order
from care.satisfaction import service as satisfaction
from care.satisfaction.words import Words
from care.storage.engine import Sessions
from care.storage.readable import Readable


@dataclass(frozen=True)
class Satisfaction(Readable):
    """Asks where that couldn't be done at once (bot.question.Question), and waits for the answer
    (bot.errand.Errand)."""

    sessions: Sessions
    clock: Clock
    words: Words
    catalogue: Catalogue

    def next(self, session: Session, row: Conversation, now: datetime) -> Asked | None:
        """As bot.question.Question."""
        order = satisfaction.unasked(session, row.id, now)
        if order is None:
            return None
        day = say_date(order.on, now.date()).split(",")[0]
        service = self.catalogue.say(order.service)
        sure = satisfaction.is_sure(session, order)
        ask = self.words.ask_later if sure else self.words.ask_later_unsure
        text = ask.format(day=day, service=service)
        return Asked(text, "judgement", order)

    def asked(self, session: Session, order: Order, utterance_id: int, act: Act) -> None:
        """As bot.question.Question."""
        satisfaction.note_asked(session, order, utterance_id, act)

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """As bot.errand.Errand; None where nothing is to be judged, or something else was said."""
        with self.reading() as session:
            found = satisfaction.open_question(session, row.id)
        if found is None:
            return None
        order, asked_just_now = found
        act = Act("caller", self.clock(), spoken.channel)
        if asked_just_now and self.words.is_done(text):
            with self.sessions.begin() as session:
                satisfaction.note_done(session, order.id, act)
            return Said((Reply(self.words.how_was_it),))
        heard = self.words.hear(text, asked_just_now=asked_just_now)
        if heard is None:
            return None
        try:
            with self.sessions.begin() as session:
                satisfaction.keep(session, order.id, heard, text, act)
        except OrderStateError:
            return None  # judged meanwhile, by way of another channel
        variants = self.words.answer(heard)
        return Said((Reply(variants[order.id % len(variants)].format(score=heard.score)),))
