"""A sheet of elders, looked at row by row, and imported once somebody has said yes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.elders.beside import add_beside
from care.elders.duplicates import alike, person_of
from care.elders.entry import Entry
from care.elders.line import Line
from care.elders.model import Elder
from care.elders.reading import Values
from care.elders.service import Household, by_phones, kept
from care.elders.sharing import in_the_way
from care.elders.sheet import Typed
from care.elders.writing import TakenError, add, correct

AT_ONCE = 200
"""Rows a transaction: alarms must not wait behind a long sheet."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Row:
    """One row of a sheet, and what there is already."""

    line: Line
    same: Elder | None = None
    """The record that has its number, and may be of the same person."""
    alike: tuple[Elder, ...] = ()
    """Records with a name that sounds the same, the same birth and region."""

    @property
    def number(self) -> int:
        """As Excel shows it."""
        return self.line.number

    @property
    def typed(self) -> Typed:
        """What it says."""
        return self.line.typed

    @property
    def entry(self) -> Entry:
        """What that means."""
        return self.line.entry

    @property
    def is_wrong(self) -> bool:
        """Whether it can't be imported."""
        return bool(self.entry.problems)

    @property
    def asks(self) -> bool:
        """Whether a person has to decide."""
        may_be_there = self.same is not None or self.alike or self.line.twin is not None
        return not self.is_wrong and bool(may_be_there)


@dataclass(frozen=True)
class Decision:
    """What becomes of a row that may be there already."""

    correct: int | None = None
    """The record to correct."""
    add: bool = False
    """Another person, though alike. Neither: it is left out."""


@dataclass
class Result:
    """What an import did."""

    added: int = 0
    changed: int = 0
    skipped: int = 0


def look(session: Session, lines: Sequence[Line]) -> list[Row]:
    """Every line with what it may repeat of what is there. Changes nothing."""
    good = [line.entry.values for line in lines if not line.entry.problems]
    same = _same(session, good)
    near = alike(session, good)
    found = []
    for line in lines:
        if line.entry.problems:
            found.append(Row(line))
            continue
        there = same.record_of(line.entry.values)
        others = () if there else tuple(near.get(person_of(line.entry.values), ()))
        found.append(Row(line, there, others))
    return found


def write(
    session: Session,
    rows: Sequence[Row],
    decisions: Mapping[int, Decision],
    *,
    by: str,
    now: datetime,
) -> Result:
    """Adds the rows that are right and new, and does with the others as decided, by row number.
    What somebody else has added meanwhile is left out.
    """
    result = Result()
    for row in rows:
        wanted = decisions.get(row.number, Decision(add=not row.asks))
        if row.is_wrong or (row.same is not None and wanted.add):
            wanted = Decision()
        try:
            if wanted.correct is not None and wanted.correct in _ids(row):
                elder = session.get_one(Elder, wanted.correct)
                told = {name: value for name, value in row.entry.values.items() if value}
                correct(session, elder, told, by=by, now=now)
                result.changed += 1
            elif wanted.add:
                elder = add(session, row.entry.values, by=by, now=now, kind="imported")
                result.added += 1
            else:
                result.skipped += 1
                continue
        except TakenError:
            result.skipped += 1
            continue
        add_beside(session, elder, row.line.beside, by=by, now=now)
    return result


def portions(rows: Sequence[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    """The rows in the pieces that one transaction takes."""
    for at in range(0, len(rows), size):
        yield rows[at : at + size]


def _ids(row: Row) -> set[int]:
    return {each.id for each in (row.same, *row.alike) if each is not None}


@dataclass(frozen=True)
class _There:
    """Records with the numbers of a sheet."""

    phones: Mapping[str, Household]
    identities: Mapping[str, Elder]

    def record_of(self, values: Values) -> Elder | None:
        """The record that a row repeats."""
        by_identity = self.identities.get(values.get("identity") or "")
        return by_identity or in_the_way(values, self.phones.get(values["phone"], ()))


def _same(session: Session, values: Collection[Values]) -> _There:
    phones: dict[str, Household] = {}
    identities: dict[str, Elder] = {}
    for part in portions([each["phone"] for each in values], 500):
        phones |= by_phones(session, part)
    for part in portions([each["identity"] for each in values if each.get("identity")], 500):
        for elder in session.scalars(select(Elder).where(Elder.identity.in_(part))):
            identities[elder.identity or ""] = kept(session, elder)
    return _There(phones, identities)
