"""Table of older people known to the service."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from care.storage.base import Base


class Elder(Base):
    """An older person who has used the service before."""

    __tablename__ = "elders"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(32), unique=True)
    birth_year: Mapped[int | None]
    region: Mapped[str | None] = mapped_column(String(32))
    address: Mapped[str | None] = mapped_column(String(200))
    diet: Mapped[str | None] = mapped_column(String(32))
