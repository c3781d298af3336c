"""What happened in a day, for the tests of figures."""

from datetime import datetime, timedelta

from care.calls.model import Call
from care.conversations import service as conversations
from care.conversations.model import Understanding
from care.handovers import service as handovers
from care.storage.engine import Sessions
from tests.care.desk.talks import talk
from tests.conftest import NOW

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def call(
    sessions: Sessions,
    at: datetime = NOW,
    *,
    direction: str = "in",
    answered: bool = True,
    sender: str = "tel:13800000009",
    over: bool = True,
) -> None:
    """A telephone call."""
    with sessions.begin() as session:
        session.add(
            Call(
                ref=f"{at:%d%H%M%S}-{direction}-{sender[-4:]}",
                leg=f"leg-{at.timestamp():.3f}",
                direction=direction,
                channel="sip",
                caller=sender.removeprefix("tel:"),
                started_at=at,
                answered_at=at if answered else None,
                ended_at=at + 60 * SECOND if over else None,
            )
        )


def say(sessions: Sessions, sender: str, intent: str | None, at: datetime = NOW) -> int:
    """An elder's sentence, and what was made of it; the number of the conversation."""
    number = talk(sessions, sender, "嗯", now=at)
    if intent is not None:
        with sessions.begin() as session:
            session.add(
                Understanding(
                    utterance_id=conversations.newest(session, number),
                    conversation_id=number,
                    at=at,
                    intent=intent,
                    confidence=0.9,
                    slots={},
                )
            )
    return number


def ask(
    sessions: Sessions,
    sender: str,
    at: datetime = NOW,
    *,
    picked_up: float | None = None,
    gone: float | None = None,
    reason: str = "asked",
) -> None:
    """Somebody wants a person, who picks up after so many seconds; or they are gone before."""
    number = talk(sessions, sender, now=at)
    with sessions.begin() as session:
        found = handovers.request(session, conversation_id=number, reason=reason, now=at)
        if picked_up is not None:
            handovers.claim(session, found.id, operator="zhang", now=at + picked_up * SECOND)
        if gone is not None:
            handovers.close(session, found.id, by="desk", now=at + gone * SECOND)
