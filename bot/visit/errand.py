"""A visit by telephone as a matter of the conversation: what is said on it goes through here first.

Emergencies, operators and 人工 are seen to by the conversation as in every call; what isn't about
the visit any more falls through to the dialogue engine.
"""

import threading

from bot.dialogue import Said
from bot.errand import Spoken
from bot.reply import Reply
from bot.visit.talk import Talk
from bot.visit.visitor import Visitor
from bot.wants_person import wants_person
from care.clock import Clock
from care.conversations.model import Conversation
from care.storage.engine import Sessions
from care.visits.calling import Due
from care.visits.talking import keep


class VisitErrand:
    """One call's (`bot.errand.Errand`); keeps what was said before it answers."""

    def __init__(self, visitor: Visitor, sessions: Sessions, clock: Clock, due: Due) -> None:
        self._visitor, self._sessions, self._clock = visitor, sessions, clock
        self._call_id = due.call_id
        self._talk = Talk(due.name, due.others, settled=due.settled, clear=due.settled)
        self._lock = threading.Lock()

    def settle(self, row: Conversation, spoken: Spoken, text: str) -> Said | None:
        """See `Errand`. Raises what the database raises: then nothing of it was heard."""
        if wants_person(text):
            return None
        with self._lock:
            step = self._visitor.advance(self._talk, text)
            if step.strange:
                return None
            with self._sessions.begin() as session:
                keep(
                    session,
                    self._call_id,
                    [(each.question, each.finding, each.said) for each in step.answers],
                    conversation_id=row.id,
                    outcome=step.talk.result,
                    now=self._clock(),
                )
            self._talk = step.talk
        expects = "confirmed" if step.confirms else None
        return Said((Reply(step.say),), expects=expects, ends=step.ends)
