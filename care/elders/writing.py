"""Adds and corrects records; every change is in the record's history."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.elders.event import note
from care.elders.field import FIELDS
from care.elders.model import Elder
from care.elders.reading import Values
from care.elders.sharing import TakenError, place

__all__ = ["TakenError", "add", "correct", "set_state"]

_TRIES = 3
"""Of two that store the same number at once, one looks again; a third is hardly there."""


def add(session: Session, values: Values, *, by: str, now: datetime, kind: str = "added") -> Elder:
    """A new record. Raises TakenError."""
    elder = _write(session, values, None, lambda nth: _added(session, values, nth, now))
    note(session, elder.id, kind, by=by, now=now)
    return elder


def correct(
    session: Session, elder: Elder, values: Values, *, by: str, now: datetime
) -> tuple[str, ...]:
    """Changes the attributes in `values`; gives the fields that are not as they were, each of
    which is an event. Raises TakenError.
    """
    before = {field.name: field.show(elder) for field in FIELDS}
    _write(session, values, elder, lambda nth: _changed(session, elder, values, nth))
    changed = []
    for field in FIELDS:
        after = field.show(elder)
        if after != before[field.name]:
            changed.append(field.name)
            told = ("", "") if field.sealed else (before[field.name], after)
            note(
                session,
                elder.id,
                "changed",
                by=by,
                now=now,
                field=field.name,
                before=told[0],
                after=told[1],
            )
    session.flush()
    return tuple(changed)


def set_state(session: Session, elder: Elder, state: str, *, by: str, now: datetime) -> None:
    """active, moved or deceased."""
    if elder.state != state:
        told = {"field": "state", "before": elder.state, "after": state}
        note(session, elder.id, "changed", by=by, now=now, **told)
        elder.state = state


def _write(
    session: Session, values: Values, own: Elder | None, store: Callable[[int | None], Elder]
) -> Elder:
    """Stores under a number that is free; who comes a moment too late sees whose it is now."""
    for _ in range(_TRIES):
        _free_identity(session, values, own)
        nth = place(session, values, own) if values.get("phone") else None
        try:
            with session.begin_nested():
                return store(nth)
        except IntegrityError as error:
            late = error
    raise late


def _added(session: Session, values: Values, nth: int | None, now: datetime) -> Elder:
    elder = Elder(**values, phone_nth=nth, added_at=now)
    session.add(elder)
    session.flush()
    return elder


def _changed(session: Session, elder: Elder, values: Values, nth: int | None) -> Elder:
    told = values if nth is None else {**values, "phone_nth": nth}
    for name, value in told.items():
        if getattr(elder, name) != value:
            setattr(elder, name, value)
    session.flush()
    return elder


def _free_identity(session: Session, values: Values, own: Elder | None) -> None:
    if not (identity := values.get("identity")):
        return
    query = select(Elder.id).where(Elder.identity == identity, Elder.id != (own.id if own else 0))
    if (other := session.scalar(query)) is not None:
        raise TakenError("identity", other)
