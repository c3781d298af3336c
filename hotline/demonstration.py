"""Demonstration data, so that a fresh installation has somebody in it."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from care.data_files import DATA, DataFileError, load_models
from care.elders import contact, writing
from care.elders.ability import assess
from care.elders.consent import Consent, say
from care.elders.entry import read_entry
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.orders import service as orders
from care.storage.engine import Sessions
from hotline import demonstration_canteens

_FILE = DATA / "demonstration" / "elders.yml"
_BY = "demonstration"
_ASSESSOR = "示例评估机构"


class DemoContact(BaseModel):
    """Somebody to call for an elder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    relation: str
    phone: str = Field(pattern=r"^1\d{10}$")


class DemoElder(BaseModel):
    """One entry of `data/demonstration/elders.yml`; its texts are those of a record's form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=2)
    phone: str = Field(pattern=r"^1\d{10}$")
    birth: str
    sex: str
    region: str
    address: str
    situations: str = ""
    categories: str = ""
    residence: str = ""
    hukou: str = ""
    pension: str = ""
    diet: str = ""
    allergies: str = ""
    language: str = ""
    health: str = ""
    ability: int | None = Field(None, ge=0, le=4)
    contacts: tuple[DemoContact, ...] = ()
    meal: str | None = None
    """A meal that is ordered for tomorrow."""


def fill(sessions: Sessions, now: datetime) -> int:
    """Adds the demonstration elders, and canteens for them, to an empty database; returns how many
    elders were added."""
    with sessions.begin() as session:
        if session.scalar(select(Elder.id).limit(1)) is not None:
            return 0
        demonstration_canteens.add(session, now)
        entries = load_models(_FILE, DemoElder)
        for entry in entries:
            _order(session, entry, _add(session, entry, now), now)
    return len(entries)


def _add(session: Session, demo: DemoElder, now: datetime) -> Elder:
    typed = demo.model_dump(exclude={"ability", "contacts", "meal"})
    entry = read_entry(typed, own_lists(), now.date())
    if entry.problems:
        raise DataFileError(_FILE, 1, f"{demo.name}: {', '.join(entry.problems)}")
    elder = writing.add(session, entry.values, by=_BY, now=now)
    for each in demo.contacts:
        new = contact.NewContact(each.name, each.relation, each.phone, now.date())
        contact.add(session, elder.id, new, by=_BY, now=now)
    if demo.ability is not None:
        day = now.date() - timedelta(days=90)
        assess(session, elder, demo.ability, on=day, assessor=_ASSESSOR, by=_BY, now=now)
    for kind in (Consent.DATA, Consent.VISITS):
        say(session, elder.id, kind, given=True, how="", by=_BY, now=now)
    return elder


def _order(session: Session, demo: DemoElder, elder: Elder, now: datetime) -> None:
    if demo.meal:
        wish = orders.Wish(
            service=demo.meal,
            on=now.date() + timedelta(days=1),
            place=demo.address,
            person=elder.name,
            phone=elder.phone,
            diet=elder.diet,
            elder_id=elder.id,
            region=elder.region,
        )
        orders.place(session, wish, conversation_id=None, now=now)
