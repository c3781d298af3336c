"""Tables of keys of the REST API, and of every request that came with one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant
from care.storage.codes import Codes


class ApiKey(Base):
    """One key of one system. Never deleted: requests name it."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    """Whose it is."""
    public: Mapped[str] = mapped_column(String(16), unique=True)
    """The part of the key that finds this row."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the secret part, hex. It has 256 random bits: no slower hash would add to them."""
    scopes: Mapped[frozenset[str]] = mapped_column(Codes(200))
    """care.api_keys.scope.Scope."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiRequest(Base):
    """One request with a key that was let in: who read or wrote what, when. Append-only,
    until housekeeping forgets it."""

    __tablename__ = "api_requests"
    __table_args__ = (Index(None, "key_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"))
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    method: Mapped[str] = mapped_column(String(8), default="GET", server_default="GET")
    path: Mapped[str] = mapped_column(String(120))
    """Without its query: /elders/17."""


class ApiWrite(Base):
    """What was made under a token of the caller's own, so that asking twice makes it once.

    In the transaction of what it made: whoever asks at the same time waits for that, and whatever
    was rolled back can be asked for again.
    """

    __tablename__ = "api_writes"
    __table_args__ = (UniqueConstraint("key_id", "token"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"))
    token: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the header Idempotency-Key, hex."""
    content: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what was asked, hex: another question needs another token."""
    made_id: Mapped[int | None]
    """Of the order, the elder or the visit."""
    at: Mapped[datetime] = mapped_column(Instant, index=True)
