"""Finds older people by what a channel vouches for."""

from collections.abc import Collection
from dataclasses import dataclass

import structlog
from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from care.elders.model import ACTIVE, MERGED, Elder
from care.elders.number import home_part, is_mobile, national
from care.storage.seal import SealError

log = structlog.get_logger(__name__)


Household = tuple[Elder, ...]
"""Those who have one number, by the age of their records."""


@dataclass(frozen=True)
class Caller:
    """Who probably calls."""

    elders: Household
    """One, or those who share the landline."""
    sure: bool
    """They may be greeted by name: their own mobile number. On a landline others answer, too."""


def by_phone(session: Session, phone: str) -> Household:
    """The elders whose number this is: one, or those who share a landline; none when nobody has it.
    Only for a number that the telephone network gave.

    A record that was merged into another leads to that one, so that both numbers are known.
    Nobody is known while the key file can't be used: the call goes on all the same.
    """
    return by_phones(session, (phone,)).get(phone, ())


def by_phones(session: Session, phones: Collection[str]) -> dict[str, Household]:
    """As `by_phone`, for several at once; numbers that nobody has are missing."""
    if not phones:
        return {}
    found: dict[str, list[Elder]] = {}
    for row in _elders(session, Elder.phone.in_(phones)):
        found.setdefault(row.phone, []).append(row)
    return {phone: _household(session, rows) for phone, rows in found.items()}


def by_calling_number(session: Session, calling: str | None) -> Caller | None:
    """Who calls, from the number as a carrier writes it; None when nobody or several fit.

    Only for a number that the telephone network gave. A landline is also found when only one of
    the two, record or carrier, has the area code, and then never for sure.
    """
    number = national(calling) if calling else None
    if number is None:
        return None
    if elders := by_phone(session, number):
        return Caller(elders, sure=is_mobile(number))
    if is_mobile(number):
        return None
    home = home_part(number)
    rows = _elders(session, Elder.phone_home == number if home is None else Elder.phone == home)
    elders = _household(session, rows)
    one = len(elders) == 1 or len({row.phone for row in rows}) == 1
    return Caller(elders, sure=False) if one else None


def numbers(session: Session, elder: Elder) -> list[str]:
    """All numbers that lead to this record: its own, and those of records merged into it."""
    query = select(Elder.phone).where(Elder.merged_into_id == elder.id)
    return [elder.phone, *session.scalars(query)]


def kept(session: Session, elder: Elder) -> Elder:
    """The record that this one was merged into, or the record itself."""
    while elder.state == MERGED and elder.merged_into_id is not None:
        elder = session.get_one(Elder, elder.merged_into_id)
    return elder


def _household(session: Session, rows: Collection[Elder]) -> Household:
    """Of some who are still there, those; a widow is not asked whether she is her husband."""
    elders = {each.id: each for each in (kept(session, row) for row in rows)}
    active = [each for each in elders.values() if each.state == ACTIVE]
    return tuple(active or elders.values())


def _elders(session: Session, fits: ColumnElement[bool]) -> list[Elder]:
    try:
        return list(session.scalars(select(Elder).where(fits).order_by(Elder.id)))
    except StatementError as error:
        if not isinstance(error.orig, SealError):
            raise
        log.error("the elders' key can't be used: nobody is known by their number")
        return []
