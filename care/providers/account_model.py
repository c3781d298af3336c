"""Tables of the people who sign in for a provider, and of what happened at it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from care.operators.account_row import AccountRow
from care.operators.sign_in_row import SignInRow
from care.storage.base import Base, Instant


class ProviderAccount(AccountRow, Base):
    """Somebody of a provider."""

    __tablename__ = "provider_accounts"

    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("provider_workers.id"), unique=True)
    """A worker sees and does their own orders; None: the office, which sees all of the provider's,
    takes and refuses offers and says who goes."""


class ProviderSession(SignInRow, Base):
    """One sign-in of somebody of a provider."""

    __tablename__ = "provider_sessions"

    account_id: Mapped[int] = mapped_column(ForeignKey("provider_accounts.id"), index=True)


class ProviderEvent(Base):
    """Something that was changed at a provider: its contract, areas, people. Append-only."""

    __tablename__ = "provider_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("providers.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(32))
    """A name of `data/providers/events.yml`."""
    by: Mapped[str] = mapped_column(String(64))
    """Sign-in name of an operator, or of somebody of the provider."""
    note: Mapped[str] = mapped_column(Text, default="")
