"""The errand of saying 好 or 不要 to an order that was drafted for the elder."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.dialogue import Said
from bot.errand import Spoken
from bot.pending import yes_or_no
from bot.question import Asked
from bot.reply import Reply
from care.catalogue.service import Catalogue
from care.clock import Clock
from care.conversations.model import Conversation
from care.language.dates import say_date
from care.language.times import say_time
from care.orders import asking, life
from care.orders.draft_words import DraftWords
from care.orders.festivals import Festivals
from care.orders.life import Act, OrderStateError
from care.orders.model import Order
from care.storage.engine import Sessions
from care.storage.readable import Readable


@dataclass(frozen=True)
class Drafts(Readable):
    """Asks when the elder's own concern is answered (bot.question.Question), and hears the answer
    (bot.errand.Errand)."""

    sessions: Sessions
    clock: Clock
    words: DraftWords
    catalogue: Catalogue

    def next(self, session: Session, row: Conversation, now: datetime) -> Asked | None:
        """As bot.question.Question."""
        order = asking.next_draft(session, row.id, now)
        if order is None:
            return None
        festival = Festivals.own().on(order.on)
        sentence = self.words.ask_festival if festival else self.words.ask
        text = sentence.format(festival=festival, order=self._say(order, now))
        return Asked(text, "confirmed", order)

    def asked(self, session: Session, order: Order, utterance_id: int, act: Act) -> None:
        """As bot.question.Question."""
        asking.asked(session, order, utterance_id, act)

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """As bot.errand.Errand; None where no draft was asked about, or something else was said."""
        wanted = self.words.hear(text) or yes_or_no(text)
        if wanted is None:
            return None
        with self.reading() as session:
            order = asking.open_draft(session, row.id)
        if order is None:
            return None
        step = life.confirm if wanted == "yes" else life.cancel
        try:
            with self.sessions.begin() as session:
                step(session, order.id, Act("caller", self.clock(), spoken.channel))
        except OrderStateError:
            return None  # somebody at the desk was quicker: the dialogue tells how far it is
        said = self.words.confirmed if wanted == "yes" else self.words.cancelled
        return Said((Reply(said.format(order=self._say(order, self.clock()), ref=order.ref)),))

    def _say(self, order: Order, now: datetime) -> str:
        day, at = say_date(order.on, now.date()), say_time(order.at) if order.at else ""
        return f"{day}{at}的{self.catalogue.say(order.service)}"
