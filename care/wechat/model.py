"""Tables of the messages that came from WeChat, and of what goes out to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, bindparam, text
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant

_OPEN = text("state IN ('received', 'heard')")


class WechatUser(Base):
    """Somebody who wrote to the account or follows it; counts what may still be sent to them."""

    __tablename__ = "wechat_users"

    openid: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Names them within this account alone."""
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    since: Mapped[datetime] = mapped_column(Instant)
    follows: Mapped[bool] = mapped_column(default=True)
    """False after `unsubscribe`: nothing reaches them any more."""
    wrote_at: Mapped[datetime | None] = mapped_column(Instant)
    """When they last sent a message."""
    sent_since_wrote: Mapped[int] = mapped_column(default=0)
    """Messages that went out since, answers within the request not counted."""
    clicked_at: Mapped[datetime | None] = mapped_column(Instant)
    """When they last used the menu, scanned our code or began to follow."""
    sent_since_clicked: Mapped[int] = mapped_column(default=0)
    voice_replies: Mapped[bool] = mapped_column(default=False)
    """They wish to hear the answers to what they say, too."""


class WechatMessage(Base):
    """One message or event of the platform: received → heard → answered.

    The key is unique over all processes: however often the platform sends it, it is answered once.
    """

    __tablename__ = "wechat_messages"
    __table_args__ = (
        Index("ix_wechat_messages_openid_state", "openid", "state"),
        Index("ix_wechat_messages_delivery", "delivery", "answered_at"),
        Index(
            "ix_wechat_messages_open", "urgent", "id", sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    """The platform's MsgId; for events the sender, the second and what it was."""
    openid: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    """By the platform's clock, to the second."""
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    """When it came here."""
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What it says, until it is answered: the utterance then holds the words."""
    urgent: Mapped[bool] = mapped_column(default=False)
    """An alarm was raised on it already; it goes before all others."""
    state: Mapped[str] = mapped_column(String(16), default="received", index=True)
    """received, heard (the utterance is stored), answered, or failed."""
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(32))
    """The worker that has it in hand."""
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    """After which the owner, or whoever handed the answer to the platform, is taken for dead."""
    utterance_id: Mapped[int | None] = mapped_column(ForeignKey("utterances.id"))
    answer: Mapped[str | None] = mapped_column(Text)
    """Empty when there is nothing to say."""
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    delivery: Mapped[str | None] = mapped_column(String(16))
    """offered (to a request of the platform that was open), passive (that request was answered
    whole), or service (through the outbox)."""


IS_OPEN = WechatMessage.state.in_(
    # written out, or no index on these alone would be taken
    bindparam("open", ("received", "heard"), expanding=True, literal_execute=True)
)
"""Not answered yet."""


class WechatOutgoing(Base):
    """One thing to say to somebody through the customer-service interface, or a template."""

    __tablename__ = "wechat_outbox"
    __table_args__ = (Index("ix_wechat_outbox_openid_state", "openid", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    """What makes it this one: it is never put here twice."""
    openid: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    """text, voice (spoken by our voice) or notice."""
    text: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(String(16))
    """Of a notice: alarm, order or visit."""
    state: Mapped[str] = mapped_column(String(16), default="waiting", index=True)
    """waiting, held (until they write again), sent or failed."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(32))
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    """After which the owner is taken for dead."""
    error: Mapped[str | None] = mapped_column(String(32))
    """Why it didn't go out, last time (bot.channels.wechat.trouble)."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class WechatToken(Base):
    """The access token of an account, shared by all processes; one of them renews it."""

    __tablename__ = "wechat_tokens"

    appid: Mapped[str] = mapped_column(String(32), primary_key=True)
    token: Mapped[str | None] = mapped_column(Text)
    good_until: Mapped[datetime | None] = mapped_column(Instant)
    rejected: Mapped[str | None] = mapped_column(Text)
    """A token that the platform refused before its time: if it comes again, it must be forced."""
    owner: Mapped[str | None] = mapped_column(String(32))
    """Who is renewing it now."""
    held_until: Mapped[datetime | None] = mapped_column(Instant)
