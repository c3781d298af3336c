"""A whole record as somebody typed it: what it says, and what is wrong with it, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from care.elders.field import FIELDS
from care.elders.lists import Lists
from care.elders.reading import FieldError, Values
from care.elders.sentences import sentence

MOST = 1000
"""Characters of a field; more isn't looked at."""


@dataclass(frozen=True)
class Entry:
    """Attributes of an elder, and problems by field; with a problem nothing is to be stored."""

    values: Values
    problems: Mapping[str, str]


def read_entry(typed: Mapping[str, str], lists: Lists, today: date) -> Entry:
    """Every field of `typed`; a field that is missing there is left as it is.

    An identity number fills in the birthday and the sex where they are left empty, and has to
    agree with them where they are not.
    """
    values: Values = {}
    problems: dict[str, str] = {}
    for field in FIELDS:
        if field.name not in typed:
            continue
        text = typed[field.name].strip()[:MOST]
        try:
            if text:
                found = field.read(text, lists)
                _agree(values, found)
                values.update(found)
            elif field.needed:
                raise FieldError(sentence("needed"))
            else:
                values.update((name, None) for name in field.empties if name not in values)
        except FieldError as error:
            problems[field.name] = str(error)
    born = values.get("birth_date")
    if (born and born > today) or (values.get("birth_year") or 0) > today.year:
        problems["birth"] = sentence("bad_birth")
    for name in ("situations", "categories", "allergies"):
        if name in values:
            values[name] = values[name] or frozenset()
    return Entry(values, problems)


def _agree(known: Values, found: Values) -> None:
    """The identity number comes first: what follows must not say something else."""
    if not known.get("identity"):
        return
    for name in ("birth_date", "birth_year", "sex"):
        if found.get(name) is not None and found[name] != known.get(name):
            raise FieldError(sentence("identity_differs"))
    if found.get("birth_year") is not None:
        found["birth_date"] = known["birth_date"]
