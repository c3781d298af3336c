"""Finds older people by what a channel vouches for."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.elders.model import Elder


def by_phone(session: Session, phone: str) -> Elder | None:
    """The elder whose own number this is. Only for a number that the telephone network gave."""
    return session.scalar(select(Elder).where(Elder.phone == phone))
