"""Writes down, and lists, what was changed at a provider."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.data_files import DATA, load_model
from care.providers.account_model import ProviderEvent


class Labels(BaseModel):
    """Every kind of event by its name, and how it is called in Chinese."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    added: str
    changed: str
    stopped: str
    resumed: str
    contract: str
    areas: str
    services: str
    capacity: str
    day_off: str
    canteen: str
    worker: str
    certificate: str
    account_added: str
    account_reset: str
    account_on: str
    account_off: str
    password: str


def labels() -> dict[str, str]:
    """What each kind is called."""
    return load_model(DATA / "providers" / "events.yml", Labels).model_dump()


def note(
    session: Session, provider_id: int, kind: str, *, by: str, now: datetime, text: str = ""
) -> None:
    """Adds one event; `kind` is a field of `Labels`."""
    if kind not in Labels.model_fields:
        raise ValueError(f"{kind!r} is no kind of event; add it to data/providers/events.yml")
    session.add(ProviderEvent(provider_id=provider_id, at=now, kind=kind, by=by, note=text))


def latest(session: Session, provider_id: int, *, count: int) -> list[ProviderEvent]:
    """The newest events, newest first."""
    query = select(ProviderEvent).where(ProviderEvent.provider_id == provider_id)
    return list(session.scalars(query.order_by(ProviderEvent.id.desc()).limit(count)))
