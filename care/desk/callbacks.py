"""The list of people to telephone: who has taken which, who was reached, who wasn't."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.desk.model import Callback, CallbackEvent

AGAIN_AFTER = timedelta(minutes=30)
"""When somebody who didn't pick up is due again."""
_OPEN = ("open", "taken")


@dataclass(frozen=True)
class Wish:
    """Whom to telephone, when, and what for."""

    phone: str
    about: str
    due_at: datetime
    person: str = ""
    conversation_id: int | None = None


class CallbackNotFoundError(LookupError):
    """No open call-back has this number, or somebody else has taken it."""


def make(session: Session, wish: Wish, *, by: str, now: datetime) -> Callback:
    """Puts somebody on the list."""
    found = Callback(made_at=now, **vars(wish))
    session.add(found)
    session.flush()
    _event(session, found.id, now, kind="made", by=by)
    return found


def still_open(session: Session) -> list[Callback]:
    """All that nobody has ended, soonest due first."""
    query = select(Callback).where(Callback.state.in_(_OPEN))
    return list(session.scalars(query.order_by(Callback.due_at, Callback.id)))


def take(session: Session, number: int, *, operator: str, now: datetime) -> None:
    """One operator telephones now; of two exactly one gets it. Raises CallbackNotFoundError."""
    _change(session, number, "open", state="taken", operator=operator)
    _event(session, number, now, kind="taken", by=operator)


def give_back(session: Session, number: int, *, operator: str, now: datetime) -> None:
    """On the list again, untried. Raises CallbackNotFoundError."""
    _change(session, number, "taken", operator, state="open", operator=None)
    _event(session, number, now, kind="released", by=operator)


def let_go(session: Session, operator: str, now: datetime) -> None:
    """Whoever leaves telephones nobody: what they had taken is on the list again."""
    held = select(Callback.id).where(Callback.state == "taken", Callback.operator == operator)
    for number in session.scalars(held.order_by(Callback.id)).all():
        give_back(session, number, operator=operator, now=now)


def missed(session: Session, number: int, *, operator: str, now: datetime) -> None:
    """Nobody picked up: due again in half an hour. Raises CallbackNotFoundError."""
    _change(
        session,
        number,
        "taken",
        operator,
        state="open",
        operator=None,
        tries=Callback.tries + 1,
        due_at=now + AGAIN_AFTER,
    )
    _event(session, number, now, kind="missed", by=operator)


def end(
    session: Session, number: int, *, operator: str, reached: bool, note: str, now: datetime
) -> None:
    """They were spoken with, or it's no use to try again. Raises CallbackNotFoundError."""
    state = "done" if reached else "given_up"
    _change(session, number, "taken", operator, state=state, operator=operator, ended_at=now)
    _event(session, number, now, kind=state, by=operator, note=note)


def events(session: Session, number: int) -> list[CallbackEvent]:
    """The call-back's course, oldest first."""
    query = select(CallbackEvent).where(CallbackEvent.callback_id == number)
    return list(session.scalars(query.order_by(CallbackEvent.id)))


def _change(
    session: Session, number: int, before: str, holder: str | None = None, **values: object
) -> None:
    """Changes the one row if it is in state `before` and, if a holder is named, theirs."""
    wanted = update(Callback).where(Callback.id == number, Callback.state == before)
    if holder is not None:
        wanted = wanted.where(Callback.operator == holder)
    if session.execute(wanted.values(**values).returning(Callback.id)).first() is None:
        raise CallbackNotFoundError(f"call-back {number}")


def _event(
    session: Session, number: int, now: datetime, *, kind: str, by: str, note: str = ""
) -> None:
    session.add(CallbackEvent(callback_id=number, at=now, kind=kind, by=by, note=note))
