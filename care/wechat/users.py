"""Who writes to the account: their row, their conversation, and whether they still follow."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.storage.upsert import insert_into
from care.wechat.model import WechatOutgoing, WechatUser

_STALE = timedelta(hours=48)
"""What was held for longer would be an answer to a question that nobody remembers."""
SENDER = "wechat:"
"""Begins the sender of a conversation in WeChat; the openid follows."""


def user(session: Session, openid: str, now: datetime) -> WechatUser:
    """Their row, held until the transaction ends; made if there is none."""
    found = _locked(session, openid)
    if found is None:
        try:
            with session.begin_nested():
                session.add(WechatUser(openid=openid, since=now))
        except IntegrityError:  # their first two messages came at once
            pass
        found = _locked(session, openid)
        if found is None:
            raise LookupError("a row that was just stored is gone")
    return found


def wrote(session: Session, openids: Collection[str], now: datetime) -> None:
    """They sent messages: five more may go to each within 48 hours, and what was held goes on."""
    _may_be_told(session, openids, {"wrote_at": now, "sent_since_wrote": 0}, now)


def clicked(session: Session, openids: Collection[str], now: datetime) -> None:
    """They used the menu, scanned our code or began to follow: three more within a minute."""
    _may_be_told(session, openids, {"clicked_at": now, "sent_since_clicked": 0}, now)


def left(session: Session, openid: str, now: datetime) -> None:
    """They follow no more: nothing reaches them."""
    user(session, openid, now).follows = False


def of_conversation(session: Session, conversation_id: int) -> WechatUser | None:
    """Who speaks in this conversation; None when it isn't in WeChat."""
    query = select(WechatUser).where(WechatUser.conversation_id == conversation_id)
    return session.scalar(query)


def set_voice_replies(session: Session, openid: str, now: datetime, *, wished: bool) -> None:
    """Whether answers are spoken, too."""
    user(session, openid, now).voice_replies = wished


def _locked(session: Session, openid: str) -> WechatUser | None:
    # Counting must not be done from a copy that another process has overtaken.
    query = select(WechatUser).where(WechatUser.openid == openid).with_for_update()
    return session.scalar(query.execution_options(populate_existing=True))


def _may_be_told(
    session: Session, openids: Collection[str], again: dict[str, Any], now: datetime
) -> None:
    if not openids:
        return
    rows = [{"openid": openid, "since": now, **again} for openid in sorted(set(openids))]
    insert = insert_into(session, WechatUser)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["openid"],
            set_={**{name: insert.excluded[name] for name in again}, "follows": True},
        ),
        rows,
    )
    held = update(WechatOutgoing).where(
        WechatOutgoing.openid.in_(openids), WechatOutgoing.state == "held"
    )
    is_old = WechatOutgoing.made_at < now - _STALE
    session.execute(held.where(is_old).values(state="failed", ended_at=now))
    session.execute(held.where(~is_old).values(state="waiting", due_at=now))
