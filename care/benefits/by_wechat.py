"""Tells an elder in WeChat, where they themselves are bound to their record."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from care.clock import Clock
from care.storage.engine import Sessions
from care.storage.readable import Readable
from care.wechat import outbox
from care.wechat.bound import WechatBinding
from care.wechat.model import WechatOutgoing

PATIENCE = 60.0
"""Seconds until the platform has taken a message that may go out at all."""
_LOOK = 1.0


@dataclass(frozen=True)
class ByWechat(Readable):
    """Implements `Teller`. What the platform holds back, since the elder hasn't written for two
    days, counts as not reached; it goes out when they write again."""

    sessions: Sessions
    clock: Clock
    wait: Callable[[float], None] = time.sleep

    def tell(self, key: str, elder_id: int, text: str, spoken: str) -> bool:
        """See `Teller`."""
        with self.sessions.begin() as session:
            own = (
                WechatBinding.elder_id == elder_id,
                WechatBinding.role == "elder",
                WechatBinding.ended_at.is_(None),
            )
            bound = session.scalar(select(WechatBinding).where(*own).order_by(WechatBinding.id))
            if bound is None:
                return False
            outbox.put(session, outbox.Words(key, bound.openid, text), self.clock())
        for _look in range(round(PATIENCE / _LOOK)):
            state = self._state(key)
            if state != "waiting":
                return state == "sent"
            self.wait(_LOOK)
        return False

    def _state(self, key: str) -> str | None:
        with self.reading() as session:
            return session.scalar(select(WechatOutgoing.state).where(WechatOutgoing.key == key))
