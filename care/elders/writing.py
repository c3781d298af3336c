"""Adds and corrects records; every change is in the record's history."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from care.elders.event import note
from care.elders.field import FIELDS
from care.elders.model import Elder
from care.elders.reading import Values


class TakenError(RuntimeError):
    """Another record has this number: `field` is phone or identity, `elder_id` whose it is."""

    def __init__(self, field: str, elder_id: int) -> None:
        super().__init__(f"{field} is in record {elder_id}")
        self.field, self.elder_id = field, elder_id


def add(session: Session, values: Values, *, by: str, now: datetime, kind: str = "added") -> Elder:
    """A new record. Raises TakenError."""
    _free(session, values, None)
    elder = Elder(**values, added_at=now)
    session.add(elder)
    session.flush()
    note(session, elder.id, kind, by=by, now=now)
    return elder


def correct(
    session: Session, elder: Elder, values: Values, *, by: str, now: datetime
) -> tuple[str, ...]:
    """Changes the attributes in `values`; gives the fields that are not as they were, each of
    which is an event. Raises TakenError.
    """
    _free(session, values, elder.id)
    before = {field.name: field.show(elder) for field in FIELDS}
    for name, value in values.items():
        if getattr(elder, name) != value:
            setattr(elder, name, value)
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


def _free(session: Session, values: Values, own: int | None) -> None:
    wanted = {name: values[name] for name in ("phone", "identity") if values.get(name)}
    if not wanted:
        return
    same = or_(*(getattr(Elder, name) == value for name, value in wanted.items()))
    for other in session.scalars(select(Elder).where(same, Elder.id != (own or 0))):
        field = next(name for name, value in wanted.items() if getattr(other, name) == value)
        raise TakenError(field, other.id)
