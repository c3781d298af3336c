"""Tables of the people at the desk, their sessions, and what is kept about both."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from care.operators.account_row import AccountRow
from care.operators.sign_in_row import SignInRow
from care.storage.base import Base, Instant
from care.storage.seal import Sealed


class Operator(AccountRow, Base):
    """Somebody at the desk."""

    __tablename__ = "operators"

    role: Mapped[str] = mapped_column(String(16))
    totp_secret: Mapped[str | None] = mapped_column(Sealed("operators.totp_secret"))
    """Base32 (RFC 6238); None without a second factor, empty when its key is gone: nothing opens
    then."""
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    """Number of the last 30-second step whose code was used: no code opens twice."""
    telephone: Mapped[str | None] = mapped_column(String(128))
    """A number or a SIP address: where they take callers if they don't in the browser."""


class OperatorSession(SignInRow, Base):
    """One sign-in at the desk."""

    __tablename__ = "operator_sessions"

    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.id"), index=True)


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
    """See care.operators.reveal."""
    record_id: Mapped[int] = mapped_column(index=True)
    why: Mapped[str] = mapped_column(String(100))
