"""Tables of who in WeChat speaks for which elder, and of the codes that prove it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant

_OPEN = text("ended_at IS NULL")


class WechatBinding(Base):
    """An openid that is an elder, or a member of their family, until somebody ends it."""

    __tablename__ = "wechat_bindings"
    __table_args__ = (
        Index(
            "uq_wechat_bindings_open",
            "openid",
            "elder_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    openid: Mapped[str] = mapped_column(String(64), index=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    """elder or family."""
    consent: Mapped[str] = mapped_column(String(80))
    """How the elder agreed, and before whom: `phone`, or `desk` and an operator's name."""
    bound_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class WechatOptIn(Base):
    """What somebody who is bound wishes to be told of."""

    __tablename__ = "wechat_opt_ins"
    __table_args__ = (UniqueConstraint("binding_id", "topic"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    binding_id: Mapped[int] = mapped_column(ForeignKey("wechat_bindings.id"), index=True)
    topic: Mapped[str] = mapped_column(String(16))
    """alarm, order or visit."""
    at: Mapped[datetime] = mapped_column(Instant)


class WechatCode(Base):
    """Six digits that bind whoever writes them to an elder, once, within ten minutes."""

    __tablename__ = "wechat_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    """HMAC-SHA256 of the digits."""
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    consent: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class WechatTry(Base):
    """A wrong code, so that nobody tries them all."""

    __tablename__ = "wechat_tries"

    id: Mapped[int] = mapped_column(primary_key=True)
    openid: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
