"""Seals all that was sealed under older keys anew, under the newest: after a key was added.

Until it is done, rows that an older key sealed can be read, but not found by their value.
"""

from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    Table,
    bindparam,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy import func as sql

from care.calls.keys import ID_BYTES
from care.storage.base import Base
from care.storage.seal import Seal, Sealed, seal_of

_AT_ONCE = 1000


def reseal(engine: Engine) -> int:
    """How many rows were sealed anew; all of them or, after a failure, none. No process may write
    meanwhile with the older key. Raises SealError when a row's key is gone.
    """
    seal = seal_of(engine)
    with engine.begin() as connection:
        return sum(_table(connection, seal, table) for table in Base.metadata.sorted_tables)


def _table(connection: Connection, seal: Seal, table: Table) -> int:
    sealed = [column for column in table.columns if isinstance(column.type, Sealed)]
    if not sealed:
        return 0
    (key,) = table.primary_key.columns
    raw = {column: type_coerce(column, LargeBinary) for column in sealed}
    newest = seal.keys().current.id
    old = or_(*(sql.substr(raw[column], 1, ID_BYTES) != newest for column in sealed))
    change = update(table).where(key == bindparam("row_key"))
    change = change.values(
        {column.name: bindparam(f"new_{column.name}", type_=LargeBinary) for column in sealed}
    )
    rows = connection.execute(select(key, *raw.values()).where(old)).all()
    for at in range(0, len(rows), _AT_ONCE):
        connection.execute(
            change, [_anew(seal, sealed, tuple(row)) for row in rows[at : at + _AT_ONCE]]
        )
    return len(rows)


def _anew(seal: Seal, sealed: list[Column[Any]], row: tuple[Any, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {"row_key": row[0]}
    for column, octets in zip(sealed, row[1:], strict=True):
        values[f"new_{column.name}"] = None if octets is None else _opened(seal, column, octets)
    return values


def _opened(seal: Seal, column: Column[Any], octets: bytes) -> bytes:
    kind = column.type
    assert isinstance(kind, Sealed)  # noqa: S101 - chosen so
    plain = seal.open(bytes(octets), kind.column, findable=kind.findable)
    return seal.seal(plain, kind.column, findable=kind.findable)
