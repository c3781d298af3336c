"""Messages of the platform: each is kept once, worked on by one worker, and answered once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from care.wechat import outbox
from care.wechat.model import WechatMessage

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


def receive(session: Session, new: New, now: datetime) -> tuple[WechatMessage, bool]:
    """Keeps it; says whether it is new. The same key is the same message, in any process."""
    row = WechatMessage(at=now, **vars(new))
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # it came before, or at this moment at another process
        return session.scalars(select(WechatMessage).where(WechatMessage.key == new.key)).one(), (
            False
        )
    return row, True


def waiting(session: Session) -> int:
    """How many are not answered yet."""
    query = select(func.count()).where(WechatMessage.state.in_(_OPEN))
    return session.scalar(query) or 0


def take(session: Session, owner: str, now: datetime) -> WechatMessage | None:
    """The next that nobody works on: urgent ones first, each sender's in the order of sending."""
    before = aliased(WechatMessage)
    is_first = ~exists().where(
        before.openid == WechatMessage.openid,
        before.state.in_(_OPEN),
        tuple_(before.sent_at, before.id) < tuple_(WechatMessage.sent_at, WechatMessage.id),
    )
    free = (WechatMessage.held_until.is_(None)) | (WechatMessage.held_until < now)
    row = session.scalar(
        select(WechatMessage)
        .where(WechatMessage.state.in_(_OPEN), free, is_first)
        .order_by(WechatMessage.urgent.desc(), WechatMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.owner, row.held_until, row.attempts = owner, now + HELD, row.attempts + 1
    return row


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
        _put_out(session, row, answer, now)


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


def take_passively(session: Session, number: int) -> str | None:
    """The answer, for whoever has the platform's request open; None when it isn't there, or goes
    out otherwise. A repeated request gets the same words: the platform shows them once."""
    row = _held(session, number)
    if row.state in _OPEN or row.delivery == "service":
        return None
    row.delivery = "passive"
    return row.answer


def leave_to_service(session: Session, number: int, now: datetime) -> None:
    """Nobody waits any more: the answer goes out as a message of its own, now or once it is
    there. Nothing, when it was given already."""
    row = _held(session, number)
    if row.delivery is not None:
        return
    row.delivery = "service"
    if row.state not in _OPEN and row.answer:
        _put_out(session, row, row.answer, now)


def leave_old_to_service(session: Session, now: datetime) -> int:
    """Answers that nobody fetched: the platform had given up, or the process was away."""
    query = select(WechatMessage.id).where(
        WechatMessage.delivery.is_(None),
        WechatMessage.state.not_in(_OPEN),
        WechatMessage.answered_at < now - _PASSED,
    )
    numbers = list(session.scalars(query.limit(100)))
    for number in numbers:
        leave_to_service(session, number, now)
    return len(numbers)


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


def _put_out(session: Session, row: WechatMessage, answer: str, now: datetime) -> None:
    if answer:
        words = outbox.Words(f"message:{row.id}", row.openid, answer)
        outbox.put(session, words, now)
