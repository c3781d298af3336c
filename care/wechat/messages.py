"""Messages of the platform: each is kept once, worked on by one worker, and answered once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from care.storage.upsert import insert_into
from care.wechat import outbox
from care.wechat.model import IS_OPEN, WechatMessage

HELD = timedelta(seconds=20)
"""How long a worker may be silent until it is taken for dead."""
MOST_ATTEMPTS = 3
KEPT = timedelta(days=3)
"""Until a message is forgotten. Its signature is refused much earlier."""
_PASSED = timedelta(seconds=6)
"""After an answer was ready: the platform, which asks again every five seconds, asked no more."""
_AGAIN = timedelta(seconds=2)
_OPEN = ("received", "heard")


class LostError(RuntimeError):
    """Another worker has taken the message in the meantime: what was done is rolled back."""


@dataclass(frozen=True)
class New:
    """A message as it came."""

    key: str
    openid: str
    sent_at: datetime
    body: dict[str, Any]
    urgent: bool = False
    delivery: str | None = None
    """service, when nobody waits for its answer."""


@dataclass(frozen=True)
class Kept:
    """A message as it is kept."""

    number: int
    is_new: bool
    is_answered: bool


def receive(session: Session, came: Sequence[New], now: datetime) -> list[Kept]:
    """Keeps each, once: the same key is the same message, in any process."""
    # In one order everywhere, so that no two processes wait for one another.
    rows = sorted(came, key=lambda new: (len(new.key), new.key))
    insert = insert_into(session, WechatMessage).on_conflict_do_nothing(index_elements=["key"])
    made = insert.returning(WechatMessage.key)
    new_keys = set(session.scalars(made, [{"at": now, **vars(new)} for new in rows]))
    query = select(WechatMessage.key, WechatMessage.id, WechatMessage.state)
    query = query.where(WechatMessage.key.in_({new.key for new in came}))
    there = {row.key: row for row in session.execute(query)}
    found = []
    for key in (new.key for new in came):
        row = there[key]
        found.append(Kept(row.id, key in new_keys, row.state not in _OPEN))
        new_keys.discard(key)  # it may have come twice at this moment
    return found


def are_waiting(session: Session, more_than: int) -> bool:
    """Whether more than so many are not answered yet."""
    some = select(WechatMessage.id).where(IS_OPEN).limit(more_than + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > more_than


def is_behind(session: Session, number: int) -> bool:
    """Whether something of the same sender has to be answered before this message."""
    query = select(WechatMessage.id).where(WechatMessage.id == number, ~_is_first())
    return session.scalar(query) is not None


def is_any(session: Session, now: datetime) -> bool:
    """Whether there may be something for `take`."""
    query = select(WechatMessage.id).where(IS_OPEN, _free(now)).limit(1)
    return session.scalar(query) is not None


def take(session: Session, owner: str, now: datetime) -> WechatMessage | None:
    """The next that nobody works on: urgent ones first, each sender's in the order of sending."""
    query = (
        select(WechatMessage)
        .where(IS_OPEN, _free(now), _is_first())
        .order_by(WechatMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    for urgent in (True, False):  # two walks along the index, where one would sort all that wait
        row = session.scalar(query.where(WechatMessage.urgent.is_(urgent)))
        if row is not None:
            row.owner, row.held_until, row.attempts = owner, now + HELD, row.attempts + 1
            return row
    return None


def _is_first() -> ColumnElement[bool]:
    """Whether the sender has nothing before it that is open."""
    before = aliased(WechatMessage)
    return ~exists().where(
        before.openid == WechatMessage.openid,
        before.state.in_(_OPEN),
        tuple_(before.sent_at, before.id) < tuple_(WechatMessage.sent_at, WechatMessage.id),
    )


def mine(session: Session, number: int, owner: str, now: datetime) -> WechatMessage:
    """The message, held on; raises LostError when it is another worker's, or answered."""
    query = select(WechatMessage).where(WechatMessage.id == number).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one()
    if row.owner != owner or row.state not in _OPEN:
        raise LostError
    row.held_until = now + HELD
    return row


def answered(session: Session, row: WechatMessage, answer: str, now: datetime) -> None:
    """What there is to say, possibly nothing. It goes out here if nobody waits for it any more."""
    row.state, row.answer, row.answered_at, row.body = "answered", answer, now, None
    row.owner = row.held_until = None
    if row.delivery == "service":
        _put_out(session, row, now)


def failed(session: Session, row: WechatMessage, apology: str, now: datetime) -> None:
    """It can't be worked on, however often: the sender is told so."""
    answered(session, row, apology, now)
    row.state = "failed"


def give_up(session: Session, number: int, owner: str, now: datetime) -> None:
    """Something broke on it: another attempt in a moment, not only once the worker counts as
    dead."""
    session.execute(
        update(WechatMessage)
        .where(WechatMessage.id == number, WechatMessage.owner == owner)
        .values(owner=None, held_until=now + _AGAIN)
    )


def take_passively(session: Session, number: int, now: datetime) -> str | None:
    """The answer, for whoever has the platform's request open; None when it isn't there, or goes
    out otherwise. A repeated request gets the same words: the platform shows them once.

    Until it is `delivered` nobody knows that the request was still open.
    """
    row = _held(session, number)
    if row.state in _OPEN or row.delivery == "service":
        return None
    row.delivery, row.held_until = "offered", now + _PASSED
    return row.answer


def delivered(session: Session, numbers: Sequence[int]) -> None:
    """The answers to the platform's requests went out whole."""
    session.execute(
        update(WechatMessage)
        .where(WechatMessage.id.in_(numbers), WechatMessage.delivery == "offered")
        .values(delivery="passive", held_until=None)
    )


def leave_to_service(session: Session, number: int, now: datetime) -> bool:
    """Nobody waits any more: the answer goes out as a message of its own, now or once it is
    there; whether it is in the outbox now. Nothing, when it was given already."""
    row = _held(session, number)
    if row.delivery in ("passive", "service"):
        return False
    row.delivery = "service"
    if row.state in _OPEN:
        return False
    row.held_until = None
    return _put_out(session, row, now)


def leave_old_to_service(session: Session, now: datetime) -> int:
    """Answers that nobody fetched: the platform had given up, or the process was away."""
    numbers = list(session.scalars(_unfetched(now).limit(100)))
    for number in numbers:
        leave_to_service(session, number, now)
    return len(numbers)


def is_any_unfetched(session: Session, now: datetime) -> bool:
    """Whether `leave_old_to_service` has something to do."""
    return session.scalar(_unfetched(now).limit(1)) is not None


def find(session: Session, number: int) -> WechatMessage:
    """The message of this number."""
    return session.get_one(WechatMessage, number)


def is_answered(session: Session, number: int) -> bool:
    """Whether there is an answer, be it that nothing is to be said."""
    query = select(WechatMessage.state).where(WechatMessage.id == number)
    return session.scalars(query).one() not in _OPEN


def forget_old(session: Session, now: datetime) -> None:
    """Deletes what is answered and can't come again."""
    session.execute(
        delete(WechatMessage).where(
            WechatMessage.at < now - KEPT, WechatMessage.state.not_in(_OPEN)
        )
    )


def _held(session: Session, number: int) -> WechatMessage:
    query = select(WechatMessage).where(WechatMessage.id == number).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(WechatMessage.held_until.is_(None), WechatMessage.held_until < now)


def _unfetched(now: datetime) -> Select[int]:
    nobody = WechatMessage.delivery.is_(None) & (WechatMessage.answered_at < now - _PASSED)
    broken = (WechatMessage.delivery == "offered") & (WechatMessage.held_until < now)
    return select(WechatMessage.id).where(or_(nobody, broken))


def _put_out(session: Session, row: WechatMessage, now: datetime) -> bool:
    if not row.answer:
        return False
    return outbox.put(session, outbox.Words(f"message:{row.id}", row.openid, row.answer), now)
