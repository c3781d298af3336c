"""People whom an elder wants called in an emergency."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from care.storage.base import Base


class ElderContact(Base):
    """A relative or neighbour, with the elder's and their own consent."""

    __tablename__ = "elder_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    elder_id: Mapped[int] = mapped_column(ForeignKey("elders.id"), index=True)
    rank: Mapped[int] = mapped_column(default=1)
    """Who is called first: 1."""
    name: Mapped[str] = mapped_column(String(64))
    relation: Mapped[str | None] = mapped_column(String(32))
    phone: Mapped[str] = mapped_column(String(32))


def contacts(session: Session, elder_id: int) -> list[ElderContact]:
    """An elder's contacts, the first to call first."""
    query = select(ElderContact).where(ElderContact.elder_id == elder_id)
    return list(session.scalars(query.order_by(ElderContact.rank, ElderContact.id)))
