"""Finds older people by what a channel vouches for."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.elders.model import Elder
from care.elders.number import is_mobile, local_part, national


@dataclass(frozen=True)
class Caller:
    """Who probably calls."""

    elder: Elder
    sure: bool
    """They may be greeted by name: their own mobile number. On a landline others answer, too."""


def by_phone(session: Session, phone: str) -> Elder | None:
    """The elder whose own number this is. Only for a number that the telephone network gave."""
    return session.scalar(select(Elder).where(Elder.phone == phone))


def by_calling_number(session: Session, calling: str | None) -> Caller | None:
    """Who calls, from the number as a carrier writes it; None when nobody or several fit.

    Only for a number that the telephone network gave. A landline is also found when only one of
    the two, record or carrier, has the area code, and then never for sure.
    """
    number = national(calling) if calling else None
    if number is None:
        return None
    elder = by_phone(session, number)
    if elder is not None:
        return Caller(elder, sure=is_mobile(number))
    if is_mobile(number):
        return None
    local = local_part(number)
    fits = Elder.phone == local
    if number == local:
        fits = Elder.phone.startswith("0") & Elder.phone.endswith(local)
    found = [
        row for row in session.scalars(select(Elder).where(fits)) if local_part(row.phone) == local
    ]
    return Caller(found[0], sure=False) if len(found) == 1 else None
