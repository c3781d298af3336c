"""What waits to be sent through the customer-service interface: put once, sent by one sender."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from care.changes.model import Change
from care.storage.upsert import insert_into
from care.wechat import fit
from care.wechat.model import WechatOutgoing, WechatUser

HELD = timedelta(seconds=60)
"""How long a sender may be silent until it is taken for dead: a voice has to be made first."""
KEPT = timedelta(days=30)
"""How long what was said to somebody stands here, in plain words."""
PATIENCE = timedelta(hours=1)
"""How long something is tried for: a router that starts anew, a setting that was forgotten."""
_FIRST_PAUSE = timedelta(seconds=2)
"""After the first attempt that failed; then twice as long each time, a minute at most."""
_MOST_DOUBLINGS = 5
_TOGETHER = 20
"""Waiting texts of one person that are looked at to be merged."""


@dataclass(frozen=True)
class Words:
    """Something to say to one person."""

    key: str
    """120 characters at most; under one key something is said once."""
    openid: str
    text: str
    kind: str = "text"
    topic: str | None = None


def put(session: Session, words: Words, now: datetime) -> bool:
    """Puts it into the outbox, a long one in several parts; False when it was there already."""
    pieces = [words.text] if words.kind == "voice" else fit.parts(words.text)
    is_new = False
    for count, piece in enumerate(pieces, 1):
        key = words.key if count == 1 else f"{words.key}/{count}"
        insert = insert_into(session, WechatOutgoing).on_conflict_do_nothing(index_elements=["key"])
        row = {**vars(words), "text": piece, "key": key, "made_at": now, "due_at": now}
        is_new |= session.scalar(insert.returning(WechatOutgoing.id), row) is not None
    return is_new


def known(session: Session, keys: Sequence[str]) -> set[str]:
    """Those of the keys under which something was put already."""
    return set(session.scalars(select(WechatOutgoing.key).where(WechatOutgoing.key.in_(keys))))


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether there may be something for `take`."""
    query = select(WechatOutgoing.id).where(_free(now), WechatOutgoing.due_at <= now)
    return session.scalar(query.limit(1)) is not None


def take(session: Session, owner: str, now: datetime) -> list[WechatOutgoing]:
    """The next person's due message that nobody sends; empty when there is none.

    Texts that wait for the same person are taken together, as far as one message holds them.
    """
    before = aliased(WechatOutgoing)
    is_first = ~exists().where(
        before.openid == WechatOutgoing.openid,
        before.state == "waiting",
        tuple_(before.made_at, before.id) < tuple_(WechatOutgoing.made_at, WechatOutgoing.id),
    )
    first = session.scalar(
        select(WechatOutgoing)
        .where(_free(now), WechatOutgoing.due_at <= now, is_first)
        .order_by(WechatOutgoing.due_at, WechatOutgoing.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if first is None:
        return []
    taken = [first]
    if first.kind == "text":
        taken += _following(session, first, now)
    for row in taken:
        row.owner, row.held_until, row.attempts = owner, now + HELD, row.attempts + 1
    return taken


def sent(session: Session, rows: Sequence[WechatOutgoing], now: datetime) -> None:
    """The platform has taken them."""
    for row in rows:
        _end(row, "sent", None, now)
    _tell_desk(session, rows, now)


def failed(session: Session, rows: Sequence[WechatOutgoing], error: str, now: datetime) -> None:
    """They won't reach their reader; the desk shows why."""
    for row in rows:
        _end(row, "failed", error, now)
    _tell_desk(session, rows, now)


def held(session: Session, rows: Sequence[WechatOutgoing], error: str, now: datetime) -> None:
    """They go on when their reader writes again."""
    for row in rows:
        row.state, row.error, row.attempts = "held", error, 0
        row.owner = row.held_until = None
    _tell_desk(session, rows, now)


def later(
    session: Session,
    rows: Sequence[WechatOutgoing],
    error: str,
    now: datetime,
    *,
    wrote_at: datetime | None,
) -> None:
    """Again after a pause; given up once it was tried for long enough. `wrote_at`: when their
    reader wrote last, which is when those that were held went on."""
    since = rows[0].made_at if wrote_at is None else max(rows[0].made_at, wrote_at)
    if now - since >= PATIENCE:
        failed(session, rows, error, now)
        return
    for row in rows:
        pause = _FIRST_PAUSE * 2 ** min(row.attempts - 1, _MOST_DOUBLINGS)
        row.error, row.due_at = error, now + pause
        row.owner = row.held_until = None


def forget_old(session: Session, now: datetime) -> None:
    """Deletes what was sent, given up, or held for somebody who never wrote again."""
    old = (WechatOutgoing.made_at < now - KEPT) & (WechatOutgoing.state != "waiting")
    session.execute(delete(WechatOutgoing).where(old))


def mine(session: Session, numbers: Sequence[int], owner: str) -> list[WechatOutgoing]:
    """Those that are still this sender's, as they are now."""
    query = select(WechatOutgoing).where(
        WechatOutgoing.id.in_(numbers), WechatOutgoing.owner == owner
    )
    return list(session.scalars(query.order_by(WechatOutgoing.id).with_for_update()))


def undelivered(session: Session, openid: str, *, since: datetime) -> list[WechatOutgoing]:
    """What operators should know of: what didn't go out lately, or waits, oldest first."""
    query = select(WechatOutgoing).where(
        WechatOutgoing.openid == openid,
        WechatOutgoing.state.in_(("failed", "held")),
        WechatOutgoing.made_at > since,
    )
    return list(session.scalars(query.order_by(WechatOutgoing.id)))


def _free(now: datetime) -> ColumnElement[bool]:
    return (WechatOutgoing.state == "waiting") & (
        WechatOutgoing.held_until.is_(None) | (WechatOutgoing.held_until < now)
    )


def _following(session: Session, first: WechatOutgoing, now: datetime) -> list[WechatOutgoing]:
    query = (
        select(WechatOutgoing)
        .where(_free(now), WechatOutgoing.openid == first.openid, WechatOutgoing.id != first.id)
        .order_by(WechatOutgoing.made_at, WechatOutgoing.id)
        .limit(_TOGETHER)
        .with_for_update(skip_locked=True)
    )
    room, found = fit.LIMIT - len(first.text.encode()), []
    for row in session.scalars(query):
        room -= len(row.text.encode()) + 1
        if row.kind != "text" or room < 0:
            break
        found.append(row)
    return found


def _end(row: WechatOutgoing, state: str, error: str | None, now: datetime) -> None:
    row.state, row.error, row.ended_at = state, error, now
    row.owner = row.held_until = None


def _tell_desk(session: Session, rows: Sequence[WechatOutgoing], now: datetime) -> None:
    """What is left, and what didn't go out, stands on the conversation's page."""
    user = session.get(WechatUser, rows[0].openid) if rows else None
    if user is not None and user.conversation_id is not None:
        session.add(Change(at=now, topic="conversation", key=str(user.conversation_id)))
