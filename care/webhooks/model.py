"""Tables of webhooks, and of what was told and is still to be told to each."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant
from care.storage.codes import Codes
from care.storage.seal import Sealed

WAITING, SENT, FAILED = "waiting", "sent", "failed"
"""The states of a delivery."""
_HELD = text("held_until IS NOT NULL")
_OVER = text("ended_at IS NOT NULL")


class Webhook(Base):
    """One address of another system that wants to be told. Never deleted: deliveries name it."""

    __tablename__ = "webhooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    """Whose it is."""
    url: Mapped[str] = mapped_column(String(500))
    """See care.webhooks.address."""
    secret: Mapped[str] = mapped_column(Sealed("webhooks.secret"))
    """whsec_…: what every message to it is signed with."""
    secrets_before: Mapped[str | None] = mapped_column(Sealed("webhooks.secrets_before"))
    """Those before it, the newest first, with a space between them: they sign too, for a while."""
    before_until: Mapped[datetime | None] = mapped_column(Instant)
    """The end of that."""
    kinds: Mapped[frozenset[str]] = mapped_column(Codes(400))
    """What it wants to know of, as care.webhooks.kind writes it: order.*, visit.done."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(64))
    off_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when nothing is put down for it and nothing sent; None: it is on."""
    off_by: Mapped[str | None] = mapped_column(String(64))
    off_why: Mapped[str | None] = mapped_column(String(32))
    """by_hand, gone (it said 410), or silent (nothing got through for a day)."""
    took_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it took something last."""
    rests_until: Mapped[datetime | None] = mapped_column(Instant)
    """It didn't answer: until then nothing else is tried."""


class WebhookDelivery(Base):
    """One message to one webhook: waiting → sent or failed."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "message"),
        Index("ix_webhook_deliveries_subject", "webhook_id", "state", "subject", "id"),
        Index("ix_webhook_deliveries_due", "webhook_id", "state", "in_bulk", "due_at", "id"),
        Index(
            "ix_webhook_deliveries_held",
            "webhook_id",
            "held_until",
            sqlite_where=_HELD,
            postgresql_where=_HELD,
        ),
        Index("ix_webhook_deliveries_over", "ended_at", sqlite_where=_OVER, postgresql_where=_OVER),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks.id"))
    message: Mapped[str] = mapped_column(String(64))
    """webhook-id: the same at every attempt."""
    kind: Mapped[str] = mapped_column(String(48))
    """order.placed"""
    subject: Mapped[str] = mapped_column(String(80))
    """What it is about: of one subject, one message after the other."""
    body: Mapped[str] = mapped_column(Text)
    """The JSON that is signed and sent, to the octet."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    in_bulk: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Put down by a round over everybody: it waits for what is told one by one."""
    state: Mapped[str] = mapped_column(String(16), default=WAITING, server_default=WAITING)
    due_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    began_at: Mapped[datetime | None] = mapped_column(Instant)
    """The first attempt; a day later it is given up."""
    owner: Mapped[str | None] = mapped_column(String(32))
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    """After which the owner is taken for dead."""
    answer: Mapped[str | None] = mapped_column(String(32))
    """What came of the last attempt: http 200, timeout, unreachable, …"""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
