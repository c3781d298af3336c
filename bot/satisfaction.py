"""The errand of judging what was done: 满意, 一般, 三分, 没来."""

from dataclasses import dataclass

from bot.dialogue import Said
from bot.errand import Spoken
from bot.reply import Reply
from care.clock import Clock
from care.conversations.model import Conversation
from care.orders.life import Act, OrderStateError
from care.satisfaction import service as satisfaction
from care.satisfaction.words import Words
from care.storage.engine import Sessions


@dataclass(frozen=True)
class Satisfaction:
    """Waits for the answer to the question that care.satisfaction asked."""

    sessions: Sessions
    clock: Clock
    words: Words

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """As bot.errand.Errand; None where nothing is to be judged, or something else was said."""
        with self.sessions() as session:
            found = satisfaction.open_question(session, row.id)
        if found is None:
            return None
        order, asked_just_now = found
        heard = self.words.hear(text, asked_just_now=asked_just_now)
        if heard is None:
            return None
        act = Act("caller", self.clock(), spoken.channel)
        try:
            with self.sessions.begin() as session:
                satisfaction.keep(session, order.id, heard, text, act)
        except OrderStateError:
            return None  # judged meanwhile, by way of another channel
        variants = self.words.answer(heard)
        return Said((Reply(variants[order.id % len(variants)].format(score=heard.score)),))
