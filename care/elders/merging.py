"""Two records of one person become one; what belongs to the other moves along."""

from datetime import datetime

from sqlalchemy import Table, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.elders.ability import assess, assessments
from care.elders.consent import Consent, consents, say
from care.elders.contact import MOST, contacts
from care.elders.event import note
from care.elders.model import MERGED, Elder
from care.elders.writing import correct
from care.storage.base import Base

_HISTORY = frozenset({"elder_events", "elder_abilities", "elder_consents", "elder_contacts"})
"""Append-only, or moved in a way of its own."""
_SETS = ("situations", "categories", "allergies")
_SINGLE = (
    "birth_date",
    "birth_year",
    "sex",
    "region",
    "address",
    "residence",
    "hukou",
    "pension",
    "diet",
    "language",
    "health",
)


class NotTwoError(ValueError):
    """The same record twice, or one that was merged before."""


def merge(session: Session, kept: Elder, other: Elder, *, by: str, now: datetime) -> None:
    """`kept` stays and learns what it didn't say from `other`, which keeps only its number: whoever
    calls from it is known as `kept`. Raises NotTwoError.
    """
    if kept.id == other.id or MERGED in (kept.state, other.state):
        raise NotTwoError
    identity, other.identity, other.service_code = other.identity, None, None
    session.flush()
    values = {name: getattr(other, name) for name in _SINGLE if getattr(kept, name) is None}
    values |= {name: getattr(kept, name) | getattr(other, name) for name in _SETS}
    if kept.identity is None:
        values["identity"] = identity
    correct(session, kept, values, by=by, now=now)
    _history(session, kept, other, by, now)
    _contacts(session, kept, other)
    for table in Base.metadata.sorted_tables:
        if "elder_id" in table.c and table.name not in _HISTORY:
            _move(session, table, kept.id, other.id)
    other.state, other.merged_into_id = MERGED, kept.id
    for record, about in ((kept, other), (other, kept)):
        note(session, record.id, "merged", by=by, now=now, after=str(about.id))
    session.flush()
    session.expire_all()


def _history(session: Session, kept: Elder, other: Elder, by: str, now: datetime) -> None:
    for each in reversed(assessments(session, other.id)):
        assess(session, kept, each.level, on=each.on, assessor=each.assessor, by=by, now=now)
    for word in reversed(consents(session, other.id)):
        last = next((own for own in consents(session, kept.id) if own.kind == word.kind), None)
        if last is None or word.at > last.at:
            kind = Consent(word.kind)
            say(session, kept.id, kind, given=word.given, how=word.how, by=by, now=word.at)


def _contacts(session: Session, kept: Elder, other: Elder) -> None:
    own = contacts(session, kept.id)
    known = {each.phone for each in own}
    for each in contacts(session, other.id):
        if each.phone not in known and len(own) < MOST:
            own.append(each)
            each.elder_id, each.rank = kept.id, len(own)
        else:
            session.delete(each)
    session.flush()


def _move(session: Session, table: Table, kept: int, other: int) -> None:
    """Row by row: what the kept record has already (a visit of the same day) stays where it is."""
    key = next(iter(table.primary_key.columns))
    for number in session.scalars(select(key).where(table.c.elder_id == other)).all():
        try:
            with session.begin_nested():
                session.execute(update(table).where(key == number).values(elder_id=kept))
        except IntegrityError:
            continue
