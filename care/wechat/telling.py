"""Notices for those who are bound to an elder and wish them."""

from sqlalchemy.orm import Session

from care.wechat.binding import who_wants
from care.wechat.outbox import Words


def notices(session: Session, elder_id: int, topic: str, *, key: str, text: str) -> list[Words]:
    """A notice for everybody who wishes it, to be put into the outbox.

    `topic` is alarm, order or visit. `key` (60 characters) makes it this notice: however often it
    is put there, it is told once.
    """
    return [
        Words(f"notice:{key}:{binding.id}", binding.openid, text, kind="notice", topic=topic)
        for binding in who_wants(session, elder_id, topic)
        if topic != "alarm" or binding.role == "family"  # elders know of their own
    ]
