"""Operators take callers over, and end it: to the end, back to the assistant, or to the queue."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from care.conversations import service as conversations
from care.conversations.model import Conversation
from care.desk.line import on_the_line
from care.desk.model import Seat
from care.desk.seats import NotAtDeskError, locked, put
from care.desk.state import SeatState, after_claim, after_end
from care.handovers import service as handovers
from care.handovers.model import Handover

MOST = 4
"""Chats and callers that one operator may have at a time."""


class TakenError(RuntimeError):
    """Somebody else was quicker; `operator` has the caller, or None when nobody waits any more."""

    def __init__(self, operator: str | None) -> None:
        super().__init__("somebody else has this caller, or they no longer wait")
        self.operator = operator


class TooManyError(RuntimeError):
    """This operator has as many as one person can serve."""


class OnTheLineError(RuntimeError):
    """They are in a telephone call that this desk can't speak into: only an operator's telephone
    reaches them, and it claims them itself."""


Speaks = Callable[[int], bool]
"""Whether the desk can speak into the telephone call of a conversation."""


def never(_conversation_id: int) -> bool:
    """A desk without a telephone line."""
    return False


class NotYoursError(LookupError):
    """This operator doesn't have this caller."""


def claim(
    session: Session, handover_id: int, *, operator: str, now: datetime, speaks: Speaks = never
) -> int:
    """Takes a caller from the queue; gives the number of their conversation.

    Of several operators exactly one gets them; claiming one's own again changes nothing. Raises
    NotAtDeskError, TooManyError, OnTheLineError or TakenError.
    """
    seat, state = _ready(session, operator, now)
    found = session.get(Handover, handover_id)
    if found is None:
        raise TakenError(None)
    _reachable(session, found.conversation_id, now, speaks)
    _take(session, seat, state, found, now)
    return found.conversation_id


def take_over(
    session: Session, conversation_id: int, *, operator: str, now: datetime, speaks: Speaks = never
) -> None:
    """Takes over whoever speaks in this conversation, whether they asked for a person or not.

    Raises as `claim` does; TakenError(None) when there is no such conversation.
    """
    seat, state = _ready(session, operator, now)
    _reachable(session, conversation_id, now, speaks)
    found = handovers.request(
        session, conversation_id=conversation_id, reason="taken_over", now=now, by=operator
    )
    _take(session, seat, state, found, now)


def say(session: Session, conversation_id: int, *, operator: str, text: str, now: datetime) -> None:
    """The operator says something to whoever they took over. Raises NotYoursError."""
    _held(session, conversation_id, operator)
    row = session.get_one(Conversation, conversation_id)
    row.last_at = now  # the dialogue must not begin afresh while an operator talks
    conversations.record(
        session, conversation=row, speaker="operator", text=text, now=now, operator=operator
    )


def close(
    session: Session,
    conversation_id: int,
    *,
    operator: str,
    wrap_up: str,
    note: str,
    now: datetime,
) -> None:
    """Done: the caller needs nothing more. Raises NotYoursError.

    `wrap_up` is a code of `data/desk/words.yml`, which the caller of this function checks.
    """
    _end(session, conversation_id, operator, now, wrap_up=wrap_up, note=note)


def hand_back(
    session: Session, conversation_id: int, *, operator: str, note: str, now: datetime
) -> None:
    """The assistant goes on, with all that it knew before. Raises NotYoursError."""
    conversations.set_pending(session, conversation_id, None)
    _end(session, conversation_id, operator, now, wrap_up=handovers.HANDED_BACK, note=note)


def let_go(
    session: Session, conversation_id: int, *, operator: str, now: datetime, why: str = "let_go"
) -> None:
    """Back into the queue, at the old place. Raises NotYoursError."""
    _end(session, conversation_id, operator, now, wrap_up=None, note=why)


def _ready(session: Session, operator: str, now: datetime) -> tuple[Seat, SeatState]:
    """The operator's seat, locked, and its state once they have claimed."""
    seat = locked(session, operator, now)
    state = after_claim(SeatState(seat.state))
    if state is None:
        raise NotAtDeskError(operator)
    return seat, state


def _reachable(session: Session, conversation_id: int, now: datetime, speaks: Speaks) -> None:
    row = session.get(Conversation, conversation_id)
    if row is None:
        raise TakenError(None)
    if row.sender_id in on_the_line(session, now) and not speaks(conversation_id):
        raise OnTheLineError(conversation_id)


def _take(session: Session, seat: Seat, state: SeatState, found: Handover, now: datetime) -> None:
    operator = seat.operator
    if found.state == "claimed" and found.operator == operator:
        return
    if len(handovers.held_by(session, operator)) >= MOST:
        raise TooManyError(operator)
    try:
        handovers.claim(session, found.id, operator=operator, now=now)
    except handovers.HandoverNotFoundError as error:
        session.refresh(found)
        raise TakenError(found.operator if found.state == "claimed" else None) from error
    seat.seen_at = now
    put(session, seat, state, why="claimed", now=now)


def _end(
    session: Session,
    conversation_id: int,
    operator: str,
    now: datetime,
    *,
    wrap_up: str | None,
    note: str = "",
) -> None:
    seat = locked(session, operator, now)
    held = _held(session, conversation_id, operator)
    if wrap_up is None:
        handovers.release(session, held.id, operator=operator, why=note, now=now)
    else:
        handovers.close(session, held.id, by=operator, now=now, wrap_up=wrap_up, note=note)
    if seat.state == SeatState.OFFLINE.value:
        return  # held without a seat: by telephone, from an extension
    left = len(handovers.held_by(session, operator))
    wrapped_up = wrap_up not in (None, handovers.HANDED_BACK)
    put(session, seat, after_end(left, wrapped_up=wrapped_up), why="ended", now=now)


def _held(session: Session, conversation_id: int, operator: str) -> Handover:
    found = handovers.open_handover(session, conversation_id)
    if found is None or found.state != "claimed" or found.operator != operator:
        raise NotYoursError(f"conversation {conversation_id}")
    return found
