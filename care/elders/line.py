"""The lines of a sheet as they were read: each by itself, and beside those before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from care.elders.beside import Beside, read_beside
from care.elders.duplicates import Person, person_of
from care.elders.entry import Entry, read_entry
from care.elders.lists import Lists
from care.elders.number import is_mobile
from care.elders.reading import Values
from care.elders.sentences import sentence
from care.elders.sharing import MOST, same_person
from care.elders.sheet import Typed


@dataclass(frozen=True)
class Line:
    """One row of a sheet, before anybody looks what there is already."""

    number: int
    """As Excel shows it."""
    typed: Typed
    entry: Entry
    beside: Beside
    twin: int | None = None
    """The row before it that is of the same name, birth and region, and may be the same person."""


def read_lines(rows: Sequence[tuple[int, Typed]], lists: Lists, today: date) -> list[Line]:
    """The whole sheet: a row that repeats the number of one before it is wrong, one that repeats
    its person has it as `twin`."""
    read = [(number, typed, read_entry(typed, lists, today)) for number, typed in rows]
    repeated = _repeated(read)
    persons: dict[Person, int] = {}
    lines = []
    for number, typed, alone in read:
        twin = None
        beside, wrong = read_beside(typed, today)
        if number in repeated:
            wrong = {"phone": sentence("repeats_row", row=repeated[number]), **wrong}
        entry = Entry(alone.values, {**wrong, **alone.problems})
        if not entry.problems and entry.values.get("birth_year"):
            first = persons.setdefault(person_of(entry.values), number)
            twin = first if first != number else None
        lines.append(Line(number, typed, entry, beside, twin))
    return lines


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
