"""What the operators' desk is told of one caller."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.conversation import Incoming
from care.clock import Clock
from care.conversations import service as conversations
from care.handovers import service as handovers
from care.handovers.model import Handover
from care.storage.engine import Sessions


@dataclass(frozen=True)
class CallHandovers:
    """One call's. Every method is a transaction, and raises when the database is away."""

    sessions: Sessions
    clock: Clock
    incoming: Incoming
    """Who calls."""

    def took(self, operator: str) -> None:
        """An operator talks with the caller: the assistant is silent everywhere."""
        with self.sessions.begin() as session:
            found = self._requested(session, "asked")
            if found.state == "waiting":
                handovers.claim(session, found.id, operator=operator, now=self.clock())

    def left(self, operator: str) -> None:
        """The operator is done: the assistant may speak again."""
        with self.sessions.begin() as session:
            found = self._requested(session, "asked")
            handovers.close(session, found.id, by=operator, now=self.clock())

    def call_back(self) -> None:
        """Somebody is to telephone the caller: they stand in the queue until somebody has."""
        with self.sessions.begin() as session:
            self._requested(session, "call_back")

    def _requested(self, session: Session, reason: str) -> Handover:
        now = self.clock()
        row = conversations.open_conversation(
            session, sender_id=self.incoming.sender_id, channel=self.incoming.channel, now=now
        )
        session.flush()
        return handovers.request(session, conversation_id=row.id, reason=reason, now=now)
