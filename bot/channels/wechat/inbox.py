"""Takes a message in, and answers the platform's request for it: with the words, or with nothing.

The platform waits five seconds, and asks three times. What is ready by then goes into the answer;
the rest follows as a message of its own. While many wait nobody is made to wait longer: they are
told at once that their message arrived.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from anyio import to_thread
from sqlalchemy.orm import Session

from bot.channels.wechat import passive
from bot.channels.wechat.answering import Answering
from bot.channels.wechat.ledger import Ledger
from bot.channels.wechat.meaning import Says, meaning
from bot.channels.wechat.message import Event, Message
from bot.channels.wechat.waiting import Waiting
from care.language.normalise import normalise
from care.storage.engine import readers
from care.wechat import fit, messages, outbox, users

PATIENCE = 4.0
"""Seconds that the platform's request is held: it gives up after five."""
MOST_WAITING = 4
"""Messages that are worked on, and requests that are held, at a time."""
_LOOK = 0.5
"""Seconds between two looks at a message that another process may work on."""
_CLICKS = {"subscribe", "click", "scan"}

Gone = Callable[[], Awaitable[bool]]
"""Whether the platform has given up on the request."""


@dataclass
class Inbox:
    """One for the process."""

    answering: Answering
    ledger: Ledger
    waiting: Waiting
    came: Callable[[], None]
    """Told when there is something to work on."""
    left: Callable[[], None]
    """Told when an answer is left to the outbox."""
    patience: float = PATIENCE

    def __post_init__(self) -> None:
        self._crowded = False
        """As the last message found it: it would have waited behind others."""
        self._reading = readers(self.answering.sessions)

    async def reply(self, message: Message, gone: Gone) -> str:
        """What to answer the platform's request with: XML, or NOTHING."""
        until = time.monotonic() + self.patience
        crowded, urgent = self._crowded, False
        if crowded:
            urgent = await to_thread.run_sync(self._is_urgent, message)
        leave = crowded and not urgent
        accept = partial(self._accept, message, urgent, leave)
        number, self._crowded = await self.ledger.write(accept)
        if urgent:
            await to_thread.run_sync(self._alarm, message)
        self.came()
        if leave:
            self.left()
            return passive.NOTHING
        ready = await self._wait(number, until)
        if await gone():  # it asks again at once, or the outbox has it when it doesn't
            return passive.NOTHING
        if not ready:
            await self.ledger.write(partial(self._leave, number))
            self.left()
            return passive.NOTHING
        words = await self.ledger.write(partial(self._take, number))
        if not words:
            return passive.NOTHING
        return passive.text(message.openid, message.account, words, self.answering.clock())

    def _accept(
        self, message: Message, urgent: bool, leave: bool, session: Session
    ) -> tuple[int, bool]:
        """Keeps it, once: the number under which it is kept, and whether the next has to wait."""
        now = self.answering.clock()
        body = message.model_dump(mode="json")
        new = messages.New(message.key, message.openid, message.sent_at, body, urgent)
        row, is_new = messages.receive(session, new, now)
        if is_new:  # what comes again was counted when it came first
            self._count(session, message, now)
        if leave:
            messages.leave_to_service(session, row.id, now)
        return row.id, messages.waiting(session) > MOST_WAITING

    def _count(self, session: Session, message: Message, now: datetime) -> None:
        if not isinstance(message, Event):
            users.wrote(session, message.openid, now)
        elif message.event in _CLICKS:
            users.clicked(session, message.openid, now)
        elif message.event == "unsubscribe":
            users.left(session, message.openid, now)

    def _is_urgent(self, message: Message) -> bool:
        """Whether somebody who needs help would wait behind others."""
        text = self._words(message)
        detector = self.answering.conversation.emergency.detector
        return text is not None and detector.detect(normalise(text)) is not None

    def _alarm(self, message: Message) -> None:
        """The alarm is raised before the message's turn."""
        text = self._words(message)
        if text is not None:
            answering = self.answering
            answering.conversation.notice(answering.incoming(message.openid, text))

    def _words(self, message: Message) -> str | None:
        means = meaning(message, self.answering.menu, self.answering.says)
        return means.text if isinstance(means, Says) else None

    async def _wait(self, number: int, until: float) -> bool:
        """Whether it is answered in time; whoever finds no room doesn't wait."""
        with self.waiting.hold(number) as event:
            while not await to_thread.run_sync(self._is_ready, number):
                left = until - time.monotonic()
                if event is None or left <= 0:
                    return False
                with suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), min(left, _LOOK))
                event.clear()
            return True

    def _is_ready(self, number: int) -> bool:
        with self._reading() as session:
            return messages.is_answered(session, number)

    def _take(self, number: int, session: Session) -> str:
        """The words for this request; what one message doesn't hold follows by itself."""
        answer = messages.take_passively(session, number)
        pieces = fit.parts(answer or "")
        row = messages.find(session, number)
        for count, piece in enumerate(pieces[1:], 2):
            words = outbox.Words(f"message:{number}/{count}", row.openid, piece)
            outbox.put(session, words, self.answering.clock())
        return pieces[0] if pieces else ""

    def _leave(self, number: int, session: Session) -> None:
        messages.leave_to_service(session, number, self.answering.clock())
