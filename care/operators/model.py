"""Tables of the people at the desk, their sessions, and what is kept about both."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class Operator(Base):
    """The account of one person. Never deleted: what they did keeps their name."""

    __tablename__ = "operators"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    """What they sign in with, as care.operators.name writes it."""
    display_name: Mapped[str] = mapped_column(String(32))
    """What colleagues and records call them."""
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(255))
    """Argon2id, in the PHC string format."""
    one_time_until: Mapped[datetime | None] = mapped_column(Instant)
    """Set while the password was made for them: until when it opens, to choose their own only."""
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    """Base32 (RFC 6238); None without a second factor."""
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    """Number of the last 30-second step whose code was used: no code opens twice."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class OperatorSession(Base):
    """One sign-in in one browser. The token itself is only in its cookie."""

    __tablename__ = "operator_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256, hex."""
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    """Last use, to the minute or so."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    why: Mapped[str | None] = mapped_column(String(16))
    """left, idle, too_long, deactivated, password, reset or replaced."""


class SignInThrottle(Base):
    """Failed sign-ins of one name or from one address; a name need not exist to have one."""

    __tablename__ = "sign_in_throttles"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256, hex: people type passwords where the name belongs."""
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)


class OperatorEvent(Base):
    """Something that happened to an account: sign-ins, changes, resets. Append-only."""

    __tablename__ = "operator_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    kind: Mapped[str] = mapped_column(String(32))
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operators.id"), index=True)
    """Whose account; None when somebody tried a name that doesn't exist."""
    by: Mapped[str] = mapped_column(String(64))
    """Sign-in name of who did it, or what did."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class NumberReveal(Base):
    """Somebody read a masked number in full. Append-only."""

    __tablename__ = "number_reveals"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    """Of the record: elder, alarm or call."""
    record_id: Mapped[int] = mapped_column(index=True)
    why: Mapped[str] = mapped_column(String(100))
