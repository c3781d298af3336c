"""Works on one message: what it means goes through the conversation, exactly once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from bot.channels.wechat.meaning import Greets, IsAt, Meaning, Says, Spoke, meaning
from bot.channels.wechat.menu import Menu
from bot.channels.wechat.message import read
from bot.channels.wechat.sentences import Sentences
from bot.conversation import Conversation, Incoming
from bot.reply import Reply
from care.alarms import service as alarms
from care.clock import Clock
from care.conversations import service as conversations
from care.conversations.model import Conversation as ConversationRow
from care.storage.engine import Sessions
from care.storage.readable import Readable
from care.wechat import messages, outbox, users
from care.wechat.binding import bound
from care.wechat.model import WechatMessage
from care.wechat.users import SENDER

CHANNEL = "wechat"
Ear = Callable[[str], str | None]
"""What is said in the voice message of this media id; None when nothing can be made of it."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Answering(Readable):
    """One for the process; used from its workers' threads."""

    sessions: Sessions
    conversation: Conversation
    says: Sentences
    menu: Menu
    ear: Ear
    clock: Clock

    def take(self, owner: str) -> WechatMessage | None:
        """The next message, for `answer`; None when there is none."""
        with self.reading() as session:
            if not messages.is_any(session, self.clock()):
                return None
        with self.sessions.begin() as session:
            row = messages.take(session, owner, self.clock())
            if row is not None and row.attempts > messages.MOST_ATTEMPTS:
                messages.failed(session, row, self.says.failed, self.clock())
                log.error("a message of WeChat can't be answered")
            return row

    def answer(self, row: WechatMessage, owner: str) -> None:
        """Sees one message through that `owner` has taken. Raises LostError when another has it
        by now, and what the database raises."""
        if row.state == "failed":
            return
        means = meaning(read(row.body), self.menu, self.says)
        openid = row.openid
        receipt = _Receipt(self, row.id, owner, row.utterance_id, isinstance(means, Spoke))
        match means:
            case None:
                self._settle(receipt, "")
            case Greets():
                self._settle(receipt, self.says.greeting)
            case _:
                self._converse(openid, means, receipt)

    def incoming(self, openid: str, text: str, receipt: "_Receipt | None" = None) -> Incoming:
        """What this person says, as the conversation takes it. An elder who is bound is known."""
        with self.reading() as session:
            known = next((each for each in bound(session, openid) if each.is_self), None)
            phone = known.elder.phone if known else None
        return Incoming(SENDER + openid, text, CHANNEL, caller_phone=phone, receipt=receipt)

    def _converse(self, openid: str, means: Meaning, receipt: "_Receipt") -> None:
        match means:
            case Says():
                receipt.spoken = means.spoken
                self.conversation.handle(self.incoming(openid, means.text, receipt))
            case Spoke():
                text = self.ear(means.media_id) or self.says.heard_voice
                self.conversation.handle(self.incoming(openid, text, receipt))
            case IsAt():
                words = means.text or means.place
                incoming = self.incoming(openid, words, receipt)
                if self.conversation.locate(incoming, means.place) is not None:
                    return
                if means.text:
                    self.conversation.handle(incoming)
                else:
                    self._settle(receipt, "")

    def _settle(self, receipt: "_Receipt", answer: str) -> None:
        with self.sessions.begin() as session:
            receipt.answered(session, [Reply(answer)] if answer else [])


@dataclass
class _Receipt:
    """Implements `bot.receipt.Receipt`."""

    of: Answering
    number: int
    owner: str
    heard_as: int | None
    spoken: bool

    def heard(self, session: Session, conversation_id: int, utterance_id: int) -> None:
        """See `Receipt`. Raises LostError."""
        row = messages.mine(session, self.number, self.owner, self.of.clock())
        row.state, row.utterance_id = "heard", utterance_id
        users.user(session, row.openid, self.of.clock()).conversation_id = conversation_id

    def answered(self, session: Session, replies: Sequence[Reply]) -> None:
        """See `Receipt`. Raises LostError."""
        now = self.of.clock()
        row = messages.mine(session, self.number, self.owner, now)
        user = users.user(session, row.openid, now)
        said = [reply.text for reply in replies]
        if said and user.conversation_id is not None:
            said += self._ask_where(session, user.conversation_id, row.at, now)
        text = "\n".join(said)
        messages.answered(session, row, text, now)
        if self.spoken and text and user.voice_replies:
            words = outbox.Words(f"voice:{self.number}", row.openid, text, kind="voice")
            outbox.put(session, words, now)

    def _ask_where(
        self, session: Session, conversation_id: int, came_at: datetime, now: datetime
    ) -> list[str]:
        """With the first words after an alarm: WeChat can tell a place to the metre."""
        alarm = alarms.open_alarm(session, conversation_id)
        if alarm is None or alarm.raised_at < came_at:
            return []
        row = session.get_one(ConversationRow, conversation_id)
        asked = self.of.says.locate
        conversations.record(session, conversation=row, speaker="assistant", text=asked, now=now)
        return [asked]
