"""A sheet of elders, looked at row by row, and imported once somebody has said yes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.elders.duplicates import alike, person_of
from care.elders.entry import Entry, read_entry
from care.elders.lists import Lists
from care.elders.model import Elder
from care.elders.number import is_mobile
from care.elders.reading import Values
from care.elders.sentences import sentence
from care.elders.service import Household, by_phones, kept
from care.elders.sharing import MOST, in_the_way, same_person
from care.elders.sheet import Typed
from care.elders.writing import TakenError, add, correct

AT_ONCE = 200
"""Rows a transaction: alarms must not wait behind a long sheet."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Row:
    """One row of a sheet, and what there is already."""

    number: int
    """As Excel shows it."""
    typed: Typed
    entry: Entry
    same: Elder | None = None
    """The record that has its number, and may be of the same person."""
    alike: tuple[Elder, ...] = ()
    """Records with a name that sounds the same, the same birth and region."""

    @property
    def is_wrong(self) -> bool:
        """Whether it can't be imported."""
        return bool(self.entry.problems)

    @property
    def asks(self) -> bool:
        """Whether a person has to decide."""
        return not self.is_wrong and (self.same is not None or bool(self.alike))


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


def look(
    session: Session, rows: Sequence[tuple[int, Typed]], lists: Lists, today: date
) -> list[Row]:
    """Every row with what is wrong with it and what it may repeat. Changes nothing."""
    read = [(number, typed, read_entry(typed, lists, today)) for number, typed in rows]
    repeated = _repeated(read)
    good = [entry.values for number, _, entry in read if not entry.problems]
    same = _same(session, good)
    near = alike(session, good)
    found = []
    for number, typed, entry in read:
        if number in repeated:
            told = sentence("repeats_row", row=repeated[number])
            wrong = Entry(entry.values, {"phone": told, **entry.problems})
            found.append(Row(number, typed, wrong))
            continue
        if entry.problems:
            found.append(Row(number, typed, entry))
            continue
        there = same.record_of(entry.values)
        others = () if there else tuple(near.get(person_of(entry.values), ()))
        found.append(Row(number, typed, entry, there, others))
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
                add(session, row.entry.values, by=by, now=now, kind="imported")
                result.added += 1
            else:
                result.skipped += 1
        except TakenError:
            result.skipped += 1
    return result


def portions(rows: Sequence[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    """The rows in the pieces that one transaction takes."""
    for at in range(0, len(rows), size):
        yield rows[at : at + size]


def _ids(row: Row) -> set[int]:
    return {each.id for each in (row.same, *row.alike) if each is not None}


def _repeated(read: list[tuple[int, Typed, Entry]]) -> dict[int, int]:
    """Rows whose number an earlier row has, and which row that is; on a landline only where they
    may be the same person."""
    before: dict[str, list[tuple[int, Values]]] = {}
    found = {}
    for number, _, entry in read:
        for name in ("phone", "identity"):
            key = entry.values.get(name)
            if not key:
                continue
            rows = before.setdefault(key, [])
            shares = name == "phone" and not is_mobile(key) and len(rows) < MOST
            same = [at for at, other in rows if not shares or same_person(entry.values, other)]
            if same:
                found[number] = same[0]
            rows.append((number, entry.values))
    return found


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
