"""What is kept of an account, whoever signs in with it."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Instant


class AccountRow:
    """Mixed into a table: the account of one person. Never deleted: what they did keeps their
    name."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    """What they sign in with, as care.operators.name writes it."""
    display_name: Mapped[str] = mapped_column(String(32))
    """What colleagues and records call them."""
    password_hash: Mapped[str] = mapped_column(String(255))
    """Argon2id, in the PHC string format."""
    one_time_until: Mapped[datetime | None] = mapped_column(Instant)
    """Set while the password was made for them: until when it opens, to choose their own only."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)

    def is_open(self, now: datetime) -> bool:
        """Whether the right password opens it."""
        return self.active and (self.one_time_until is None or now < self.one_time_until)
