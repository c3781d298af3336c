"""Records as a workbook: what is sealed is hidden, unless somebody may see it and says why."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.desk.number import masked
from care.elders.beside import Beside
from care.elders.beside_told import beside_of, written
from care.elders.column import USUAL, heads
from care.elders.field import Field
from care.elders.identity import masked_identity
from care.elders.model import ACTIVE, Elder
from care.elders.sheet import Head, workbook

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


def export(session: Session, elders: Sequence[Elder], *, full: bool) -> bytes:
    """A workbook that the import understands when it is full."""
    beside = beside_of(session, elders)
    most = max((len(each.contacts) for each in beside.values()), default=0)
    columns = heads(max(USUAL, most))
    return workbook(columns, (_row(each, beside[each.id], columns, full) for each in elders))


def file_name(now: datetime, *, full: bool) -> str:
    """elders-20261121-1000.xlsx; -full tells what is in it."""
    return f"elders-{now:%Y%m%d-%H%M}{'-full' if full else ''}.xlsx"


def _row(elder: Elder, beside: Beside, columns: Iterable[Head], full: bool) -> list[str]:
    told = written(beside)
    return [
        _cell(each, each.show(elder) if isinstance(each, Field) else told.get(each.name, ""), full)
        for each in columns
    ]


def _cell(column: Head, text: str, full: bool) -> str:
    if full or not column.sealed or not text:
        return text
    if column.name.endswith("phone"):
        return masked(text)
    return masked_identity(text) if column.name == "identity" else _HIDDEN
