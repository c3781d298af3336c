"""What an operator should know of somebody in WeChat: what may still be sent, what didn't go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from care.wechat import outbox, quota, users
from care.wechat.binding import Bound, bound
from care.wechat.model import WechatOutgoing

_LATELY = timedelta(hours=48)
_MOST = 3


@dataclass(frozen=True)
class Reach:
    """How far one person can be reached now."""

    follows: bool
    left: quota.Left
    undelivered: tuple[WechatOutgoing, ...]
    """What failed or waits, the latest."""
    bound: tuple[Bound, ...]
    """Who they are, or whom they speak for."""


def reach(session: Session, conversation_id: int, now: datetime) -> Reach | None:
    """None for a conversation that isn't in WeChat."""
    user = users.of_conversation(session, conversation_id)
    if user is None:
        return None
    missed = outbox.undelivered(session, user.openid, since=now - _LATELY)
    return Reach(
        user.follows,
        quota.left(user, now),
        tuple(missed[-_MOST:]),
        tuple(bound(session, user.openid)),
    )
