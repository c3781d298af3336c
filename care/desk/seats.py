"""Who is at the desk, and what they do."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.desk import callbacks
from care.desk.model import Seat, SeatEvent
from care.desk.state import SeatState, may_choose
from care.handovers import service as handovers
from care.handovers.model import Handover

TOUCH = timedelta(seconds=5)
"""How often an open window says that it is open."""
GRACE = timedelta(seconds=20)
"""After the last window was heard of, its operator is gone: long enough to go from page to page
or to reload, short enough that a caller isn't left with nobody."""


class NotAtDeskError(LookupError):
    """This operator is offline: they must say first that they are here."""


class StateRefusedError(ValueError):
    """An operator who is in `state` may not choose `wanted`."""

    def __init__(self, state: SeatState, wanted: SeatState) -> None:
        super().__init__(f"{wanted.value} can't follow {state.value}")
        self.state, self.wanted = state, wanted


def state_of(session: Session, operator: str) -> SeatState:
    """What this operator does now; offline when they were never here."""
    found = session.scalar(select(Seat.state).where(Seat.operator == operator))
    return SeatState(found) if found else SeatState.OFFLINE


def present(session: Session) -> list[Seat]:
    """Everybody who is not offline, by name."""
    query = select(Seat).where(Seat.state != SeatState.OFFLINE.value)
    return list(session.scalars(query.order_by(Seat.operator)))


def choose(session: Session, operator: str, wanted: SeatState, now: datetime) -> None:
    """Puts an operator into the state they ask for; the same one again changes nothing.

    Going offline lets go of all that they hold. Raises StateRefusedError.
    """
    seat = locked(session, operator, now)
    state = SeatState(seat.state)
    seat.seen_at = now
    if state is wanted:
        return
    if not may_choose(state, wanted):
        raise StateRefusedError(state, wanted)
    if wanted is SeatState.OFFLINE:
        _let_go(session, operator, "let_go", now)
    put(session, seat, wanted, why="chosen", now=now)


def touch(session: Session, operator: str, now: datetime) -> None:
    """A window of theirs is open. Changes no state: who was found gone says that they are back."""
    session.execute(update(Seat).where(Seat.operator == operator).values(seen_at=now))


def free_abandoned(session: Session, now: datetime) -> list[str]:
    """Puts everybody offline whose last window closed a while ago; gives their names.

    What they held waits again, at its old place.
    """
    # After the clock was set back nobody was seen later than now.
    session.execute(update(Seat).where(Seat.seen_at > now).values(seen_at=now))
    late = select(Seat.operator).where(
        Seat.state != SeatState.OFFLINE.value, Seat.seen_at < now - GRACE
    )
    gone = []
    for operator in session.scalars(late.order_by(Seat.operator)).all():
        seat = locked(session, operator, now)
        if seat.seen_at < now - GRACE and seat.state != SeatState.OFFLINE.value:
            _let_go(session, operator, "gone", now)
            put(session, seat, SeatState.OFFLINE, why="gone", now=now)
            gone.append(operator)
    return gone


def settle(session: Session, now: datetime) -> None:
    """Whoever is busy with nobody wraps up: their last caller was closed by other hands."""
    holds = exists().where(Handover.operator == Seat.operator, Handover.state == "claimed")
    idle = select(Seat.operator).where(Seat.state == SeatState.BUSY.value, ~holds)
    for operator in session.scalars(idle.order_by(Seat.operator)).all():
        seat = locked(session, operator, now)
        if seat.state == SeatState.BUSY.value and not handovers.held_by(session, operator):
            put(session, seat, SeatState.AFTER_CALL, why="ended", now=now)


def locked(session: Session, operator: str, now: datetime) -> Seat:
    """The operator's seat, theirs alone until the transaction ends; an offline one is made.

    Whoever changes a seat together with what is claimed takes the seat first, so that two never
    wait for each other.
    """
    query = select(Seat).where(Seat.operator == operator).with_for_update()
    query = query.execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            offline = SeatState.OFFLINE.value
            session.add(Seat(operator=operator, state=offline, since=now, seen_at=now))
    except IntegrityError:  # another window of theirs was quicker
        pass
    return session.scalars(query).one()


def put(session: Session, seat: Seat, state: SeatState, *, why: str, now: datetime) -> None:
    """Changes a locked seat's state and notes why; the same state is no change."""
    if seat.state == state.value:
        return
    seat.state, seat.since = state.value, now
    session.add(SeatEvent(operator=seat.operator, at=now, state=state.value, why=why))


def _let_go(session: Session, operator: str, why: str, now: datetime) -> None:
    for held in handovers.held_by(session, operator):
        handovers.release(session, held.id, operator=operator, why=why, now=now)
    callbacks.let_go(session, operator, now)
