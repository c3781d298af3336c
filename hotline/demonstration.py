"""Demonstration data, so that a fresh installation has somebody in it."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from care.data_files import DATA, load_models
from care.elders.model import Elder
from care.orders import service as orders
from care.storage.engine import Sessions


class DemoElder(BaseModel):
    """One entry of `data/demonstration/elders.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2)
    phone: str = Field(pattern=r"^1\d{10}$")
    birth_year: int = Field(ge=1900, le=1970)
    region: str
    address: str
    diet: str | None = None
    meal: str | None = None
    """A meal that is ordered for tomorrow."""


def fill(sessions: Sessions, now: datetime) -> int:
    """Adds the demonstration elders to an empty database; returns how many were added."""
    entries = load_models(DATA / "demonstration" / "elders.yml", DemoElder)
    tomorrow = now.date() + timedelta(days=1)
    with sessions.begin() as session:
        if session.scalar(select(Elder.id).limit(1)) is not None:
            return 0
        for entry in entries:
            session.add(Elder(**entry.model_dump(exclude={"meal"})))
            if entry.meal:
                wish = orders.Wish(
                    service=entry.meal,
                    on=tomorrow,
                    place=entry.address,
                    person=entry.name,
                    phone=entry.phone,
                    diet=entry.diet,
                )
                orders.place(session, wish, conversation_id=None, now=now)
    return len(entries)
