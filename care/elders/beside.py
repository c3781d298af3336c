"""What a row of a sheet says beside the record itself: assessment, contacts, consents."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import chain
from typing import TypeVar

from sqlalchemy.orm import Session

from care.clock import SHANGHAI
from care.elders import ability, consent, contact
from care.elders.column import consent_column
from care.elders.consent import Consent
from care.elders.contact import NewContact
from care.elders.model import Elder
from care.elders.number import national
from care.elders.reading import day
from care.elders.sentences import sentence

NO = "不同意"
"""Stands before the day on which somebody said no."""

_LEVEL = re.compile(r"([0-4])\s*(?:级.*)?")
_HOW = "表格"
_NOON = time(12)
_LONGEST_NAME, _LONGEST_RELATION = 64, 32

Found = TypeVar("Found")


class _CellError(ValueError):
    """A column can't be understood; the text is a Chinese sentence."""

    def __init__(self, column: str, kind: str, **details: object) -> None:
        super().__init__(sentence(kind, **details))
        self.column = column


@dataclass(frozen=True)
class Assessment:
    """As care.elders.ability.assess is given it."""

    level: int
    on: date
    assessor: str


@dataclass(frozen=True)
class Said:
    """Yes or no to something, on a day."""

    kind: Consent
    given: bool
    on: date


@dataclass(frozen=True)
class Beside:
    """What the row says; nothing where it says nothing."""

    assessment: Assessment | None = None
    contacts: tuple[NewContact, ...] = ()
    consents: tuple[Said, ...] = ()


def read_beside(typed: Mapping[str, str], today: date) -> tuple[Beside, dict[str, str]]:
    """What the columns of care.elders.column say, and problems by column."""
    reader, problems = _Reader(typed, today), dict[str, str]()

    def each(read: Callable[[], Found | None]) -> tuple[Found, ...]:
        try:
            found = read()
        except _CellError as error:
            problems[error.column] = str(error)
            return ()
        return () if found is None else (found,)

    contacts = [each(partial(reader.contact, nth)) for nth in range(1, contact.MOST + 1)]
    consents = [each(partial(reader.consent, kind)) for kind in Consent]
    beside = Beside(
        next(iter(each(reader.assessment)), None),
        tuple(chain.from_iterable(contacts)),
        tuple(chain.from_iterable(consents)),
    )
    return beside, problems


def add_beside(session: Session, elder: Elder, beside: Beside, *, by: str, now: datetime) -> None:
    """Adds to a record what it doesn't have yet. What somebody said later than the sheet stays,
    and so do contacts; those that no record has room for are left out."""
    if beside == Beside():
        return
    told = beside.assessment
    if told is not None and not _is_known(session, elder, told):
        ability.assess(
            session, elder, told.level, on=told.on, assessor=told.assessor, by=by, now=now
        )
    known = {each.phone for each in contact.contacts(session, elder.id)}
    for new in beside.contacts:
        if new.phone not in known and len(known) < contact.MOST:
            contact.add(session, elder.id, new, by=by, now=now)
            known.add(new.phone)
    last = consent.current(session, elder.id)
    for said in beside.consents:
        before = last.get(said.kind)
        if before is None or said.on > before.at.astimezone(SHANGHAI).date():
            at = min(datetime.combine(said.on, _NOON, SHANGHAI), now)
            consent.say(session, elder.id, said.kind, given=said.given, how=_HOW, by=by, now=at)


def _is_known(session: Session, elder: Elder, told: Assessment) -> bool:
    rows = ability.assessments(session, elder.id)
    return any((row.level, row.on, row.assessor) == tuple(vars(told).values()) for row in rows)


@dataclass(frozen=True)
class _Reader:
    """Of one row."""

    typed: Mapping[str, str]
    today: date

    def assessment(self) -> Assessment | None:
        level, on, assessor = (self._text(name) for name in ("ability", "ability_on", "ability_by"))
        if not (level or on or assessor):
            return None
        if not (level and on and assessor):
            raise _CellError("ability", "ability_parts")
        found = _LEVEL.fullmatch(level)
        if found is None:
            raise _CellError("ability", "bad_level")
        if len(assessor) > _LONGEST_NAME:
            raise _CellError("ability_by", "too_long", most=_LONGEST_NAME)
        told = self._day("ability_on", on)
        return Assessment(int(found[1]), told, assessor)

    def contact(self, nth: int) -> NewContact | None:
        parts = ("name", "relation", "phone", "agreed")
        columns = {part: f"contact{nth}_{part}" for part in parts}
        told = {part: self._text(column) for part, column in columns.items()}
        if not any(told.values()):
            return None
        if not (told["name"] and told["phone"]):
            raise _CellError(columns["name"], "contact_parts")
        for part, most in (("name", _LONGEST_NAME), ("relation", _LONGEST_RELATION)):
            if len(told[part]) > most:
                raise _CellError(columns[part], "too_long", most=most)
        phone = national(told["phone"])
        if phone is None:
            raise _CellError(columns["phone"], "bad_phone")
        agreed = self._day(columns["agreed"], told["agreed"]) if told["agreed"] else None
        return NewContact(told["name"], told["relation"], phone, agreed)

    def consent(self, kind: Consent) -> Said | None:
        column = consent_column(kind)
        text = self._text(column)
        if not text:
            return None
        told = self._day(column, text.removeprefix(NO).strip(), "bad_consent")
        return Said(kind, not text.startswith(NO), told)

    def _text(self, column: str) -> str:
        return " ".join(self.typed.get(column, "").split())

    def _day(self, column: str, text: str, kind: str = "bad_day") -> date:
        found = day(text)
        if found is None or found > self.today:
            raise _CellError(column, kind)
        return found
