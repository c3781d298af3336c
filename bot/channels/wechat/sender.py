"""Sends what is in the outbox: one message at a time to each person, within what may be sent."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from bot.channels.wechat.api import Api
from bot.channels.wechat.sentences import Sentences
from bot.channels.wechat.trouble import PlatformError, Trouble
from care.clock import Clock
from care.storage.engine import Sessions
from care.storage.readable import Readable
from care.wechat import outbox, quota, users
from care.wechat.model import WechatOutgoing, WechatUser
from care.wechat.settings import Template

Mouth = Callable[[str], bytes | None]
"""A text as MP3 in our voice; None when there is no voice."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Parcel:
    """What goes out in one message."""

    numbers: tuple[int, ...]
    openid: str
    kind: str
    text: str
    template: Template | None = None
    title: str = ""


@dataclass
class Sender(Readable):
    """One for the process."""

    sessions: Sessions
    api: Api
    says: Sentences
    mouth: Mouth
    clock: Clock

    def one(self, owner: str) -> bool:
        """Sends one message, if there is one to send."""
        with self.reading() as session:
            if not outbox.is_any_due(session, self.clock()):
                return False
        with self.sessions.begin() as session:
            rows = outbox.take(session, owner, self.clock())
            if not rows:
                return False
            parcel = self._pack(session, rows)
        if parcel is None:
            return True
        try:
            self._send(parcel)
        except PlatformError as error:
            log.warning("not sent to WeChat", trouble=error.trouble.value, code=error.code)
            self._missed(parcel, owner, error)
        else:
            with self.sessions.begin() as session:
                outbox.sent(session, outbox.mine(session, parcel.numbers, owner), self.clock())
        return True

    def _pack(self, session: Session, rows: list[WechatOutgoing]) -> _Parcel | None:
        """Counts the message as sent, and says how; None when it can't go out now."""
        first, now = rows[0], self.clock()
        user = users.user(session, first.openid, now)
        if not user.follows:
            outbox.failed(session, rows, Trouble.UNFOLLOWED.value, now)
            return None
        template = self.api.settings.templates.get(first.topic or "")
        text = "\n".join(row.text for row in rows)
        numbers = tuple(row.id for row in rows)
        if quota.left(user, now).count > 0:
            quota.spend(user)
            kind = "text" if first.kind == "notice" else first.kind
            return _Parcel(numbers, first.openid, kind, text)
        if first.kind == "notice" and first.topic and template:
            title = self.says.title(first.topic)
            return _Parcel(numbers, first.openid, "notice", text, template, title)
        late = user.wrote_at is None or now >= user.wrote_at + quota.MESSAGE_LASTS
        outbox.held(session, rows, (Trouble.WINDOW if late else Trouble.QUOTA).value, now)
        return None

    def _send(self, parcel: _Parcel) -> None:
        if parcel.template:
            said = {
                "title": parcel.title,
                "text": parcel.text,
                "time": f"{self.clock():%Y-%m-%d %H:%M}",
            }
            self.api.send_template(parcel.openid, parcel.template, said)
        elif parcel.kind == "voice":
            spoken = self.mouth(parcel.text)
            if spoken is None:
                raise PlatformError(Trouble.REFUSED)
            self.api.send_voice(parcel.openid, spoken)
        else:
            self.api.send_text(parcel.openid, parcel.text)

    def _missed(self, parcel: _Parcel, owner: str, error: PlatformError) -> None:
        now, trouble = self.clock(), error.trouble
        with self.sessions.begin() as session:
            rows = outbox.mine(session, parcel.numbers, owner)
            if not rows:
                return
            user = users.user(session, parcel.openid, now)
            match trouble:
                case Trouble.BUSY | Trouble.TOKEN:
                    self._give_back(user, parcel)
                    outbox.later(session, rows, trouble.value, now, wrote_at=user.wrote_at)
                case Trouble.QUOTA | Trouble.WINDOW:
                    quota.use_up(user)
                    outbox.held(session, rows, trouble.value, now)
                case Trouble.UNFOLLOWED:
                    user.follows = False
                    outbox.failed(session, rows, trouble.value, now)
                case Trouble.REFUSED:
                    self._give_back(user, parcel)
                    outbox.failed(session, rows, f"{trouble.value} {error.code or ''}".strip(), now)

    def _give_back(self, user: WechatUser, parcel: _Parcel) -> None:
        if parcel.template is None:  # a template was never counted
            quota.give_back(user)
