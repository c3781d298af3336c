"""Keeps what the dialogue engine made of each utterance, for the operator who may take over.

Asked for after the answer is on its way, on a thread of its own: no caller waits for it, and when
it fails only the operator knows less.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.dialogue import Dialogue
from bot.understood import Understood, read_parse, share
from care.clock import Clock
from care.conversations import service as conversations
from care.conversations.model import Conversation, Understanding
from care.storage.engine import Sessions, readers

_MOST = 50
"""Utterances that wait to be asked for; a dialogue engine that is behind by more isn't asked."""
_LONGEST = 200
"""Characters of one slot."""

log = structlog.get_logger(__name__)


def read_tracker(tracker: Any) -> Understood | None:
    """From Rasa's tracker; None when it tells no intent."""
    if not isinstance(tracker, dict):
        return None
    latest = tracker.get("latest_message")
    intent = latest.get("intent") if isinstance(latest, dict) else None
    if not isinstance(latest, dict) or not isinstance(intent, dict) or not intent.get("name"):
        return None
    slots = tracker.get("slots")
    held = slots if isinstance(slots, dict) else {}
    written = {str(name): _written(value) for name, value in held.items()}
    return Understood(
        text=str(latest.get("text") or ""),
        intent=str(intent["name"]),
        confidence=share(intent.get("confidence")),
        slots={name: value for name, value in written.items() if value},
    )


class Understandings:
    """Asks and stores. `close` before the database goes away."""

    def __init__(self, sessions: Sessions, dialogue: Dialogue, clock: Clock) -> None:
        self._sessions, self._dialogue, self._clock = sessions, dialogue, clock
        self._reading = readers(sessions)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="understanding")
        self._room = threading.Semaphore(_MOST)

    def later(self, row: Conversation, utterance_id: int, heard: str) -> None:
        """Asks what was made of `heard`, which the dialogue has just answered."""
        if self._room.acquire(blocking=False):
            self._pool.submit(self._keep, row.id, row.dialogue_id, utterance_id, heard)

    def overheard(self, row: Conversation, utterance_id: int, said: str) -> None:
        """Asks what `said` means, which was said to a person and not to the dialogue."""
        if self._room.acquire(blocking=False):
            self._pool.submit(self._keep_overheard, row.id, utterance_id, said)

    def close(self) -> None:
        """Waits for what is being asked; forgets the rest."""
        self._pool.shutdown(cancel_futures=True)

    def _keep(self, conversation_id: int, dialogue_id: str, utterance_id: int, heard: str) -> None:
        def ask() -> Understood | None:
            found = read_tracker(self._dialogue.tracker(dialogue_id))
            # When the next utterance was quicker, its own question tells of it.
            return found if found is not None and found.text == heard else None

        self._store(conversation_id, utterance_id, ask)

    def _keep_overheard(self, conversation_id: int, utterance_id: int, said: str) -> None:
        def ask() -> Understood | None:
            parsed = self._dialogue.parse(said)
            with self._reading() as session:
                before = conversations.last_known(session, conversation_id)
            return read_parse(parsed, before, self._clock().date())

        self._store(conversation_id, utterance_id, ask)

    def _store(
        self, conversation_id: int, utterance_id: int, ask: Callable[[], Understood | None]
    ) -> None:
        try:
            found = ask()
            if found is None:
                return
            with self._sessions.begin() as session:
                session.add(
                    Understanding(
                        utterance_id=utterance_id,
                        conversation_id=conversation_id,
                        at=self._clock(),
                        intent=found.intent[:64],
                        confidence=found.confidence,
                        slots=found.slots,
                    )
                )
        except SQLAlchemyError as error:
            log.warning("understanding not kept", error=type(error).__name__)
        finally:
            self._room.release()


def _written(value: Any) -> str:
    """A slot as people read it; empty for nothing and for what isn't plain."""
    if isinstance(value, list):
        return "、".join(filter(None, map(_written, value)))[:_LONGEST]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value)[:_LONGEST]
