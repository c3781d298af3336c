"""What is kept of a conversation: what was said, what was asked, and whether a person has it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.incoming import Incoming
from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.clock import Clock
from care.conversations import service as conversations
from care.conversations.model import Conversation as ConversationRow
from care.handovers import service as handovers
from care.storage.engine import Sessions
from care.storage.readable import Readable


@dataclass(frozen=True)
class Record(Readable):
    """Of all conversations; every step is a transaction of its own."""

    sessions: Sessions
    clock: Clock

    def open(self, incoming: Incoming) -> ConversationRow:
        """The conversation that the utterance belongs to; the utterance itself isn't kept."""
        with self.sessions.begin() as session:
            return _opened(session, incoming, self.clock())

    def store(self, incoming: Incoming) -> tuple[ConversationRow, int]:
        """The conversation, and the number under which the utterance is kept."""
        now = self.clock()
        with self.sessions.begin() as session:
            row = _opened(session, incoming, now)
            session.flush()
            receipt = incoming.receipt
            if receipt and receipt.heard_as is not None:
                return row, receipt.heard_as
            said = conversations.record(
                session, conversation=row, speaker="elder", text=incoming.text, now=now
            )
            session.flush()
            if receipt:
                receipt.heard(session, row.id, said.id)
            return row, said.id

    def open_alarm(self, row: ConversationRow) -> Alarm | None:
        """The alarm of this conversation that isn't closed."""
        with self.reading() as session:
            return alarms.open_alarm(session, row.id)

    def is_taken_over(self, row: ConversationRow) -> bool:
        """Whether an operator talks with the caller."""
        with self.reading() as session:
            found = handovers.open_handover(session, row.id)
        return found is not None and found.state == "claimed"

    def last_reply(self, row: ConversationRow) -> str | None:
        """What the assistant said last."""
        with self.reading() as session:
            return conversations.last_said(session, row.id, speaker="assistant")

    def request_person(self, row: ConversationRow, reason: str) -> bool:
        """Puts the caller into the queue; True when they were in it already."""
        with self.sessions.begin() as session:
            waiting = handovers.open_handover(session, row.id) is not None
            handovers.request(session, conversation_id=row.id, reason=reason, now=self.clock())
        return waiting

    def set_pending(self, row: ConversationRow, question: str | None) -> None:
        """The question of our own that stands open from now on."""
        with self.sessions.begin() as session:
            conversations.set_pending(session, row.id, question)


def _opened(session: Session, incoming: Incoming, now: datetime) -> ConversationRow:
    return conversations.open_conversation(
        session, sender_id=incoming.sender_id, channel=incoming.channel, now=now
    )
