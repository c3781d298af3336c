"""What the operators' desk knows of one caller, and is told."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.conversation import Incoming
from care.calls.notebook import Job
from care.clock import Clock
from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.desk import claims, seats
from care.desk.state import SeatState
from care.handovers import service as handovers
from care.handovers.model import Handover
from care.storage.engine import Sessions

_TAKES_CALLERS = {SeatState.AVAILABLE.value, SeatState.BUSY.value, SeatState.AFTER_CALL.value}


@dataclass(frozen=True)
class Held:
    """With whom a caller stands at the desk."""

    by: str | None = None
    """Who has claimed them: an operator's sign-in name, or the telephone of one."""
    at: datetime | None = None
    """Since when."""
    waits: bool = False
    """They wait for somebody; if nobody has them either, they are done with."""


@dataclass(frozen=True)
class CallHandovers:
    """One call's. Every method but `call_back` is a transaction, and raises when the database is
    away."""

    sessions: Sessions
    clock: Clock
    incoming: Incoming
    """Who calls."""
    later: Callable[[Job], None]
    """Has a change written as soon as the database takes it, though the call may be over by then
    (`care.calls.notebook`)."""

    def opened(self) -> int:
        """The number of the caller's conversation, begun if there is none."""
        with self.sessions.begin() as session:
            return self._row(session).id

    def asked(self) -> bool:
        """The caller waits for a person; whether anybody at the desk could take them."""
        with self.sessions.begin() as session:
            self._requested(session, "asked", self.clock())
            return any(each.state in _TAKES_CALLERS for each in seats.present(session))

    def holder(self) -> Held:
        """With whom the caller stands now."""
        with self.sessions() as session:
            row = conversations.of_sender(
                session, self.incoming.sender_id, channel=self.incoming.channel
            )
            found = handovers.open_handover(session, row.id) if row else None
            if found is None:
                return Held()
            return Held(found.operator, found.claimed_at, waits=found.state == "waiting")

    def took(self, operator: str) -> bool:
        """An operator's telephone was picked up: the assistant is silent everywhere. False when
        somebody else has the caller already."""
        with self.sessions.begin() as session:
            now = self.clock()
            found = self._requested(session, "asked", now)
            if found.state == "waiting":
                handovers.claim(session, found.id, operator=operator, now=now)
                return True
            return found.operator == operator

    def handed_on(self, operator: str) -> None:
        """The carrier took the caller to an operator's telephone: nobody waits here any more."""
        if self.took(operator):
            self.left(operator)

    def left(self, operator: str) -> None:
        """The operator is done: the assistant may speak again."""
        with self.sessions.begin() as session:
            now = self.clock()
            found = self._requested(session, "asked", now)
            handovers.close(session, found.id, by=operator, now=now)

    def handed_back(self, operator: str) -> None:
        """Whoever has the caller at the desk put their telephone down."""
        with self.sessions.begin() as session:
            number = self._row(session).id
            with suppress(claims.NotYoursError):  # done already
                claims.hand_back(session, number, operator=operator, note="", now=self.clock())

    def unreached(self, operator: str) -> None:
        """An operator's telephone was lost in the middle of the talk: the caller waits again."""
        with self.sessions.begin() as session:
            found = handovers.open_handover(session, self._row(session).id)
            if found is not None and found.operator == operator:
                with suppress(handovers.HandoverNotFoundError):
                    handovers.release(
                        session, found.id, operator=operator, why="lost", now=self.clock()
                    )

    def lost(self, operator: str) -> None:
        """Whoever has the caller at the desk can't be heard any more: the caller waits again."""
        with self.sessions.begin() as session:
            number = self._row(session).id
            with suppress(claims.NotYoursError):
                claims.let_go(session, number, operator=operator, now=self.clock(), why="lost")

    def note(self, kind: str, by: str, text: str = "") -> None:
        """Something happened on the line, for the course of the hand-over."""
        with self.sessions.begin() as session:
            number = self._row(session).id
            handovers.note(session, number, kind=kind, by=by, now=self.clock(), text=text)

    def said(self, operator: str, text: str) -> None:
        """An operator's words, as far as they were understood."""
        with self.sessions.begin() as session:
            conversations.record(
                session,
                conversation=self._row(session),
                speaker="operator",
                text=text,
                now=self.clock(),
                operator=operator[:64],
            )

    def call_back(self) -> None:
        """Somebody is to telephone the caller: they stand in the queue, from now on, until somebody
        has. Returns at once. A kill while the database is away loses it."""
        promised = self.clock()

        def write(session: Session) -> None:
            self._requested(session, "call_back", promised)

        self.later(write)

    def _requested(self, session: Session, reason: str, now: datetime) -> Handover:
        row = self._row(session, now)
        return handovers.request(session, conversation_id=row.id, reason=reason, now=now)

    def _row(self, session: Session, now: datetime | None = None) -> Conversation:
        row = conversations.open_conversation(
            session,
            sender_id=self.incoming.sender_id,
            channel=self.incoming.channel,
            now=now or self.clock(),
        )
        session.flush()
        return row
