"""Records as a workbook: what is sealed is hidden, unless somebody may see it and says why."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.desk.number import masked
from care.elders.field import FIELDS, Field
from care.elders.identity import masked_identity
from care.elders.model import ACTIVE, Elder
from care.elders.sheet import workbook

MOST = 20_000
"""Records of a workbook."""
_HIDDEN = "（隐去）"


class TooManyError(ValueError):
    """More records than a workbook should hold; a smaller region has fewer."""


def chosen(session: Session, regions: Collection[str] | None) -> list[Elder]:
    """The records of a workbook. Raises TooManyError."""
    query = select(Elder).where(Elder.state == ACTIVE)
    if regions is not None:
        query = query.where(Elder.region.in_(regions))
    found = list(session.scalars(query.order_by(Elder.id).limit(MOST + 1)))
    if len(found) > MOST:
        raise TooManyError
    return found


def export(elders: Iterable[Elder], *, full: bool) -> bytes:
    """A workbook that the import understands when it is full."""
    return workbook(FIELDS, ([_cell(each, field, full) for field in FIELDS] for each in elders))


def file_name(now: datetime, *, full: bool) -> str:
    """elders-20261121-1000.xlsx; -full tells what is in it."""
    return f"elders-{now:%Y%m%d-%H%M}{'-full' if full else ''}.xlsx"


def _cell(elder: Elder, field: Field, full: bool) -> str:
    text = field.show(elder)
    if full or not field.sealed or not text:
        return text
    if field.name == "phone":
        return masked(text)
    return masked_identity(text) if field.name == "identity" else _HIDDEN
