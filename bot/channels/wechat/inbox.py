"""Takes a message in, and answers the platform's request for it: with the words, or with nothing.

The platform waits five seconds, and asks three times. What is ready by then goes into the answer;
the rest follows as a message of its own. While many wait nobody is made to wait longer: they are
told at once that their message arrived.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from anyio import to_thread
from sqlalchemy.orm import Session

from bot.channels.wechat import passive
from bot.channels.wechat.answering import Answering
from bot.channels.wechat.ledger import Ledger
from bot.channels.wechat.meaning import Says, meaning
from bot.channels.wechat.message import Event, Message
from bot.channels.wechat.waiting import Waiting
from care.language.normalise import normalise
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


@dataclass(frozen=True)
class Reply:
    """What the platform's request is answered with."""

    text: str = passive.NOTHING
    """XML, or NOTHING."""
    number: int | None = None
    """Of the message whose answer it holds: `delivered` is to be told once it is out."""


@dataclass(frozen=True)
class _Came:
    """A message, and how it is kept."""

    message: Message
    urgent: bool
    leave: bool
    """Nobody waits for its answer."""


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

    async def reply(self, message: Message, gone: Gone) -> Reply:
        """What to answer the platform's request with."""
        until = time.monotonic() + self.patience
        crowded = self._crowded
        urgent = await to_thread.run_sync(self._is_urgent, message)
        came = _Came(message, urgent, leave=crowded and not urgent)
        kept, self._crowded, behind = await self.ledger.write(self._accept, came)
        if not kept.is_answered:
            if urgent and (crowded or behind):
                await to_thread.run_sync(self._alarm, message)
            self.came()
            if came.leave:
                return Reply()
            ready = await self._wait(kept.number, until)
            if await gone():  # it asks again at once, or the outbox has it when it doesn't
                return Reply()
            if not ready:
                if await self.ledger.write(self._leave, kept.number):
                    self.left()
                return Reply()
        words = await self.ledger.write(self._take, kept.number)
        if not words or await gone():
            return Reply()
        answer = passive.text(message.openid, message.account, words, self.answering.clock())
        return Reply(answer, kept.number)

    async def delivered(self, number: int) -> None:
        """The platform's request was answered whole, with this message's answer."""
        await self.ledger.write(self._note_delivered, number)

    def _accept(
        self, session: Session, came: Sequence[_Came]
    ) -> list[tuple[messages.Kept, bool, bool]]:
        """Keeps each, once, and says whether the next message of anybody has to wait, and whether
        this one does behind its sender's own."""
        now = self.answering.clock()
        kept = messages.receive(session, [_new(each) for each in came], now)
        # What comes again was counted when it came first.
        self._count(session, [c.message for c, k in zip(came, kept, strict=True) if k.is_new], now)
        for each, row in zip(came, kept, strict=True):
            if each.leave and not row.is_new and not row.is_answered:
                messages.leave_to_service(session, row.number, now)
        crowded = messages.are_waiting(session, MOST_WAITING)
        return [
            (row, crowded, each.urgent and messages.is_behind(session, row.number))
            for each, row in zip(came, kept, strict=True)
        ]

    def _count(self, session: Session, new: Sequence[Message], now: datetime) -> None:
        events = [message for message in new if isinstance(message, Event)]
        users.wrote(session, [m.openid for m in new if not isinstance(m, Event)], now)
        users.clicked(session, [each.openid for each in events if each.event in _CLICKS], now)
        for each in events:
            if each.event == "unsubscribe":
                users.left(session, each.openid, now)

    def _is_urgent(self, message: Message) -> bool:
        """Whether somebody needs help, who must not wait behind what came before."""
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
        with self.answering.reading() as session:
            return messages.is_answered(session, number)

    def _take(self, session: Session, numbers: Sequence[int]) -> list[str]:
        return [self._taken(session, number) for number in numbers]

    def _taken(self, session: Session, number: int) -> str:
        """The words for this request; what one message doesn't hold follows by itself."""
        now = self.answering.clock()
        pieces = fit.parts(messages.take_passively(session, number, now) or "")
        row = messages.find(session, number)
        for count, piece in enumerate(pieces[1:], 2):
            words = outbox.Words(f"message:{number}/{count}", row.openid, piece)
            outbox.put(session, words, now)
        return pieces[0] if pieces else ""

    def _leave(self, session: Session, numbers: Sequence[int]) -> list[bool]:
        now = self.answering.clock()
        return [messages.leave_to_service(session, number, now) for number in numbers]

    def _note_delivered(self, session: Session, numbers: Sequence[int]) -> list[None]:
        messages.delivered(session, numbers)
        return [None] * len(numbers)


def _new(came: _Came) -> messages.New:
    message = came.message
    return messages.New(
        message.key,
        message.openid,
        message.sent_at,
        message.model_dump(mode="json"),
        came.urgent,
        "service" if came.leave else None,
    )
