"""What is kept of a sign-in, whoever it is that signs in."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Instant


class SignInRow:
    """Mixed into a table: one sign-in in one browser. The token itself is only in its cookie."""

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256, hex."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    """Last use, to the minute or so."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    why: Mapped[str | None] = mapped_column(String(16))
    """left, idle, too_long, deactivated, password, reset or replaced."""
