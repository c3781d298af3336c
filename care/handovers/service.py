"""Puts a caller into the queue, lets one operator claim them, and ends the take-over.

Operators at the desk claim through care.desk.claims, which keeps their seats in step.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.handovers.model import Handover, HandoverEvent

HANDED_BACK = "handed_back"
"""Wrap-up of a handover after which the assistant goes on."""


class HandoverNotFoundError(LookupError):
    """No open handover has this number, or somebody else has claimed it."""


def request(
    session: Session, *, conversation_id: int, reason: str, now: datetime, by: str = "assistant"
) -> Handover:
    """The conversation's open handover; a new one joins the queue if there is none."""
    found = open_handover(session, conversation_id)
    if found is not None:
        return found
    new = Handover(conversation_id=conversation_id, reason=reason, requested_at=now)
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:  # the same caller's other utterance was quicker
        found = open_handover(session, conversation_id)
        if found is None:
            raise
        return found
    _event(session, new.id, conversation_id, now, kind="requested", by=by, note=reason)
    return new


def open_handover(session: Session, conversation_id: int) -> Handover | None:
    """The handover of this conversation that is not closed."""
    return session.scalar(
        select(Handover)
        .where(Handover.conversation_id == conversation_id, Handover.state != "closed")
        .order_by(Handover.id)
        .limit(1)
    )


def waiting(session: Session) -> list[Handover]:
    """Everybody who is not served to the end yet, longest waiting first."""
    query = select(Handover).where(Handover.state != "closed").order_by(Handover.id)
    return list(session.scalars(query))


def held_by(session: Session, operator: str) -> list[Handover]:
    """What this operator has claimed, in the order in which they did."""
    query = select(Handover).where(Handover.operator == operator, Handover.state == "claimed")
    return list(session.scalars(query.order_by(Handover.claimed_at, Handover.id)))


def claim(session: Session, handover_id: int, *, operator: str, now: datetime) -> None:
    """Takes over, atomically: of two operators one gets it, the other HandoverNotFoundError."""
    claimed = session.execute(
        update(Handover)
        .where(Handover.id == handover_id, Handover.state == "waiting")
        .values(state="claimed", operator=operator, claimed_at=now)
        .returning(Handover.conversation_id)
    ).first()
    if claimed is None:
        raise HandoverNotFoundError(f"handover {handover_id} is not waiting")
    _event(session, handover_id, claimed[0], now, kind="claimed", by=operator)


def release(session: Session, handover_id: int, *, operator: str, why: str, now: datetime) -> None:
    """Puts what `operator` has claimed back into the queue. Raises HandoverNotFoundError.

    It keeps its place: the caller has waited since `requested_at`. `why` is a word: let_go, gone.
    """
    released = session.execute(
        update(Handover)
        .where(
            Handover.id == handover_id,
            Handover.state == "claimed",
            Handover.operator == operator,
        )
        .values(state="waiting", operator=None, claimed_at=None)
        .returning(Handover.conversation_id)
    ).first()
    if released is None:
        raise HandoverNotFoundError(f"handover {handover_id} is not with {operator}")
    _event(session, handover_id, released[0], now, kind="released", by=operator, note=why)


def close(
    session: Session,
    handover_id: int,
    *,
    by: str,
    now: datetime,
    wrap_up: str | None = None,
    note: str = "",
) -> None:
    """Ends a handover, served or not. Raises HandoverNotFoundError."""
    closed = session.execute(
        update(Handover)
        .where(Handover.id == handover_id, Handover.state != "closed")
        .values(state="closed", closed_at=now, operator=by, wrap_up=wrap_up)
        .returning(Handover.conversation_id)
    ).first()
    if closed is None:
        raise HandoverNotFoundError(f"handover {handover_id} is not open")
    kind = HANDED_BACK if wrap_up == HANDED_BACK else "closed"
    _event(session, handover_id, closed[0], now, kind=kind, by=by, note=note)


def note(
    session: Session, conversation_id: int, *, kind: str, by: str, now: datetime, text: str = ""
) -> None:
    """Something happened to an open handover that leaves it as it is: somebody joined, or listens.
    Nothing is noted where none is open."""
    found = open_handover(session, conversation_id)
    if found is not None:
        _event(session, found.id, conversation_id, now, kind=kind, by=by[:64], note=text)


def events(session: Session, conversation_id: int) -> list[HandoverEvent]:
    """All that operators and the queue had to do with this conversation, oldest first."""
    query = select(HandoverEvent).where(HandoverEvent.conversation_id == conversation_id)
    return list(session.scalars(query.order_by(HandoverEvent.id)))


def _event(
    session: Session,
    handover_id: int,
    conversation_id: int,
    now: datetime,
    *,
    kind: str,
    by: str,
    note: str = "",
) -> None:
    session.add(
        HandoverEvent(
            handover_id=handover_id,
            conversation_id=conversation_id,
            at=now,
            kind=kind,
            by=by,
            note=note,
        )
    )
