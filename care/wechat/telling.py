"""Notices for those who are bound to an elder and wish them."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.wechat import outbox
from care.wechat.binding import who_wants


def tell(session: Session, elder_id: int, topic: str, *, key: str, text: str, now: datetime) -> int:
    """Puts a notice into the outbox for everybody who wishes it; how many were new.

    `topic` is alarm, order or visit. `key` (60 characters) makes it this notice: in the same
    transaction as what happened, or again later, it is told once.
    """
    told = 0
    for binding in who_wants(session, elder_id, topic):
        words = outbox.Words(
            f"notice:{key}:{binding.id}", binding.openid, text, kind="notice", topic=topic
        )
        told += outbox.put(session, words, now)
    return told
