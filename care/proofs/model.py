"""Table of pictures that workers took. The pictures themselves are sealed files."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base, Instant


class ProofPicture(Base):
    """One picture of a finished order."""

    __tablename__ = "proof_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("provider_accounts.id"))
    """Who sent it."""
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    file: Mapped[str] = mapped_column(String(64), unique=True)
    """Name of the sealed file in the folder of pictures."""
    width: Mapped[int]
    """Pixels, as kept."""
    height: Mapped[int]
    octets: Mapped[int]
    """Of the JPEG, before it was sealed."""
