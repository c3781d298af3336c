"""Conversations, callers and operators for the desk's tests."""

from datetime import datetime

from care.conversations import service as conversations
from care.desk import seats
from care.desk.state import SeatState
from care.handovers import service as handovers
from care.storage.engine import Sessions
from tests.conftest import NOW


def talk(sessions: Sessions, sender: str = "web-1", *said: str, now: datetime = NOW) -> int:
    """The number of a conversation in which an elder said something."""
    channel = "phone" if sender.startswith("tel:") else "web"
    with sessions.begin() as session:
        row = conversations.open_conversation(session, sender_id=sender, channel=channel, now=now)
        session.flush()
        for text in said:
            conversations.record(session, conversation=row, speaker="elder", text=text, now=now)
        return row.id


def wait(
    sessions: Sessions,
    sender: str = "web-1",
    *said: str,
    reason: str = "asked",
    now: datetime = NOW,
) -> tuple[int, int]:
    """Somebody in the queue: the numbers of their conversation and their handover."""
    number = talk(sessions, sender, *said, now=now)
    with sessions.begin() as session:
        found = handovers.request(session, conversation_id=number, reason=reason, now=now)
        return number, found.id


def sit(sessions: Sessions, *operators: str, now: datetime = NOW) -> None:
    """Operators who are available."""
    for operator in operators:
        with sessions.begin() as session:
            seats.choose(session, operator, SeatState.AVAILABLE, now)
