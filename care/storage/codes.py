"""A column that holds a few codes of a data file."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, cast
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

_BETWEEN = "、"


class Codes(TypeDecorator[frozenset[str]]):
    """A set of codes, in SQL 、独居、失能、; the empty set is the empty text.

    One row an elder is read at once, whichever of a million: a table of its own would cost a
    second query for each of them.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str:
        codes = sorted(value or ())
        for code in codes:
            if not code or _BETWEEN in code:
                raise ValueError(f"{code!r} is no code: it is empty or has {_BETWEEN} in it")
        return _BETWEEN + _BETWEEN.join(codes) + _BETWEEN if codes else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str]:
        return frozenset(filter(None, (value or "").split(_BETWEEN)))


def having(column: InstrumentedAttribute[frozenset[str]], code: str) -> ColumnElement[bool]:
    """Rows whose set contains the code."""
    return cast(column, String).contains(_BETWEEN + code + _BETWEEN, autoescape=True)
