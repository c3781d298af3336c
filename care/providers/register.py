"""What the desk keeps of a provider: who it is, its contract, areas, services, capacity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue
from care.elders.number import national
from care.providers.history import note
from care.providers.model import (
    Provider,
    ProviderArea,
    ProviderCapacity,
    ProviderContract,
    ProviderDayOff,
    ProviderService,
)
from care.providers.refused import RefusedError
from care.providers.slot import Slot
from care.regions.region import Regions

MOST = 1000
"""Orders or portions that a provider may take in one slot."""
_LONGEST_NAME = 64
_LONGEST_ADDRESS = 200


@dataclass(frozen=True)
class Facts:
    """What is known of a provider beside its contract."""

    name: str
    phone: str
    address: str = ""


def add(session: Session, facts: Facts, *, by: str, now: datetime) -> Provider:
    """A new provider, which is offered nothing until it has all the rest. Raises RefusedError."""
    row = Provider(name="", phone="", address="", created_at=now)
    _write(row, facts)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise RefusedError("name_taken", name=facts.name) from error
    note(session, row.id, "added", by=by, now=now)
    return row


def change(session: Session, provider: Provider, facts: Facts, *, by: str, now: datetime) -> None:
    """Other facts. Raises RefusedError."""
    try:
        with session.begin_nested():
            _write(provider, facts)
    except IntegrityError as error:
        raise RefusedError("name_taken", name=facts.name) from error
    note(session, provider.id, "changed", by=by, now=now)


def set_active(
    session: Session, provider: Provider, active: bool, *, by: str, now: datetime
) -> None:
    """Offers it nothing any more, or again; what it accepted stays its own."""
    if provider.active != active:
        provider.active = active
        note(session, provider.id, "resumed" if active else "stopped", by=by, now=now)


def sign(
    session: Session,
    provider: Provider,
    number: str,
    begins: date,
    ends: date,
    *,
    by: str,
    now: datetime,
) -> ProviderContract:
    """A contract; earlier ones stay on record. Raises RefusedError."""
    if not (written := number.strip()[:64]):
        raise RefusedError("number_missing")
    if ends < begins:
        raise RefusedError("dates_bad")
    row = ProviderContract(provider_id=provider.id, number=written, begins=begins, ends=ends)
    session.add(row)
    note(session, provider.id, "contract", by=by, now=now, text=f"{written} {begins} 到 {ends}")
    return row


def set_areas(
    session: Session,
    provider: Provider,
    names: Iterable[str],
    regions: Regions,
    *,
    by: str,
    now: datetime,
) -> None:
    """The regions that it serves, each with all its parts. Raises RefusedError."""
    found = []
    for name in names:
        region = regions.find(name)
        if region is None:
            raise RefusedError("region_unknown", name=name[:32])
        found.append(region.name)
    session.execute(delete(ProviderArea).where(ProviderArea.provider_id == provider.id))
    wanted = list(dict.fromkeys(found))
    session.add_all(ProviderArea(provider_id=provider.id, region=name) for name in wanted)
    note(session, provider.id, "areas", by=by, now=now, text="、".join(wanted))


def set_services(
    session: Session,
    provider: Provider,
    names: Iterable[str],
    catalogue: Catalogue,
    *,
    by: str,
    now: datetime,
) -> None:
    """What it does: names of the catalogue. Raises RefusedError."""
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if catalogue.find(name) is None:
            raise RefusedError("service_unknown", name=name[:32])
    session.execute(delete(ProviderService).where(ProviderService.provider_id == provider.id))
    session.add_all(ProviderService(provider_id=provider.id, service=name) for name in wanted)
    note(session, provider.id, "services", by=by, now=now, text=f"{len(wanted)} 项")


def set_capacity(
    session: Session,
    provider: Provider,
    service: str,
    counts: Mapping[tuple[int, Slot], int],
    *,
    by: str,
    now: datetime,
) -> None:
    """How many orders it takes on each weekday in each slot, of one service or ("") of all that
    have no count of their own together; without any counts the service joins those again.

    Raises RefusedError.
    """
    if any(not 0 <= count <= MOST for count in counts.values()):
        raise RefusedError("count_bad", most=MOST)
    own = (ProviderCapacity.provider_id == provider.id, ProviderCapacity.service == service)
    session.execute(delete(ProviderCapacity).where(*own))
    session.add_all(
        ProviderCapacity(
            provider_id=provider.id, service=service, weekday=weekday, slot=slot.value, count=count
        )
        for (weekday, slot), count in counts.items()
    )
    note(session, provider.id, "capacity", by=by, now=now, text=service or "全部服务")


def capacities(session: Session, provider_id: int) -> dict[str, dict[tuple[int, Slot], int]]:
    """By service ("" for the rest together), weekday and slot."""
    found: dict[str, dict[tuple[int, Slot], int]] = {}
    query = select(ProviderCapacity).where(ProviderCapacity.provider_id == provider_id)
    for row in session.scalars(query.order_by(ProviderCapacity.service)):
        found.setdefault(row.service, {})[row.weekday, Slot(row.slot)] = row.count
    return found


def close_on(
    session: Session, provider: Provider, on: date, why: str, *, by: str, now: datetime
) -> None:
    """A day on which it takes nothing; orders that it accepted stay its own."""
    session.merge(ProviderDayOff(provider_id=provider.id, on=on, why=why.strip()[:64]))
    note(session, provider.id, "day_off", by=by, now=now, text=str(on))


def contracts(session: Session, provider_id: int) -> list[ProviderContract]:
    """The last to end first."""
    query = select(ProviderContract).where(ProviderContract.provider_id == provider_id)
    return list(session.scalars(query.order_by(ProviderContract.ends.desc())))


def _write(row: Provider, facts: Facts) -> None:
    name = " ".join(facts.name.split())
    if not 2 <= len(name) <= _LONGEST_NAME or not name.isprintable():
        raise RefusedError("provider_name_bad")
    phone = national(facts.phone)
    if phone is None:
        raise RefusedError("phone_bad")
    row.name, row.phone = name, phone
    row.address = facts.address.strip()[:_LONGEST_ADDRESS]
