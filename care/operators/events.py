"""Writes down, and lists, what happened to accounts."""

from datetime import datetime
from functools import cache

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.data_files import DATA, load_model
from care.operators.model import Operator, OperatorEvent


class _Labels(BaseModel):
    """Every kind of event by its name, and how it is called in Chinese."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    created: str
    renamed: str
    role_changed: str
    deactivated: str
    activated: str
    reset: str
    signed_in: str
    sign_in_failed: str
    signed_out: str
    password_changed: str
    totp_on: str
    totp_off: str
    telephone_changed: str


KINDS = frozenset(_Labels.model_fields)


@cache
def labels() -> dict[str, str]:
    """What each kind is called."""
    return load_model(DATA / "operators" / "events.yml", _Labels).model_dump()


def note(
    session: Session,
    kind: str,
    *,
    operator_id: int | None,
    by: str,
    now: datetime,
    detail: dict[str, str] | None = None,
) -> None:
    """Adds one event; `kind` is one of KINDS."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of event; add it to data/operators/events.yml")
    session.add(
        OperatorEvent(at=now, kind=kind, operator_id=operator_id, by=by, detail=detail or {})
    )


def latest(
    session: Session, *, count: int, before: int | None = None
) -> list[tuple[OperatorEvent, Operator | None]]:
    """The newest events with whose account it was, newest first; `before`: an event's id."""
    query = (
        select(OperatorEvent, Operator)
        .outerjoin(Operator, Operator.id == OperatorEvent.operator_id)
        .order_by(OperatorEvent.id.desc())
        .limit(count)
    )
    if before is not None:
        query = query.where(OperatorEvent.id < before)
    return [(event, operator) for event, operator in session.execute(query)]


def of(session: Session, operator_id: int, *, count: int) -> list[OperatorEvent]:
    """The newest events of one account, newest first."""
    query = select(OperatorEvent).where(OperatorEvent.operator_id == operator_id)
    return list(session.scalars(query.order_by(OperatorEvent.id.desc()).limit(count)))
