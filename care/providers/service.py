"""Which providers can be offered an order, and how much each of them takes."""

from collections.abc import Collection, Sequence
from datetime import date, time
from functools import cache

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from care.data_files import DATA
from care.providers.model import (
    Provider,
    ProviderArea,
    ProviderCapacity,
    ProviderContract,
    ProviderDayOff,
    ProviderService,
)
from care.providers.slot import Slot, slot_of
from care.regions.region import Regions


def candidates(
    session: Session,
    service: str,
    region: str | None,
    on: date,
    at: time | None = None,
    *,
    without: Collection[int] = (),
) -> list[Provider]:
    """Who may be offered this, best first.

    They do the service, serve `region` (a name of `data/regions.yml`) or one that it lies in, have
    a contract that runs on that day, no day off, and some capacity in its slot. What is booked
    already isn't looked at. Nobody where the region isn't known: a person at the desk decides.
    `without`: providers not to be asked again. Best is the higher quality score.
    """
    slot = slot_of(service, at)
    query = (
        select(Provider)
        .join(ProviderService, ProviderService.provider_id == Provider.id)
        .where(
            ProviderService.service == service,
            Provider.id.not_in(without),
            _open_on(on),
            exists().where(
                ProviderArea.provider_id == Provider.id,
                ProviderArea.region.in_(_path(region)),
            ),
        )
        .order_by(Provider.quality.desc(), Provider.id)
    )
    found = session.scalars(query).all()
    return [each for each in found if _places(session, each.id, service, on, slot) > 0]


def capacity(session: Session, provider_id: int, service: str, on: date, slot: Slot) -> int:
    """How many orders (portions of a meal) of this service the provider takes in one slot of one
    day, booked ones included; 0 without a running contract, on a day off, or where nothing is set.
    """
    open_then = session.scalar(select(Provider.id).where(Provider.id == provider_id, _open_on(on)))
    return _places(session, provider_id, service, on, slot) if open_then is not None else 0


def pool(session: Session, provider_id: int, service: str) -> str:
    """What shares one capacity: the service's name where it has one of its own, "" otherwise."""
    own = select(ProviderCapacity.slot).where(
        ProviderCapacity.provider_id == provider_id, ProviderCapacity.service == service
    )
    return service if session.execute(own.limit(1)).first() else ""


def offered_by(session: Session, on: date) -> dict[str, int]:
    """How many providers with a running contract do each service, by its name."""
    query = (
        select(ProviderService.service, func.count())
        .join(Provider, Provider.id == ProviderService.provider_id)
        .where(_open_on(on))
        .group_by(ProviderService.service)
    )
    return dict(session.execute(query).all())


def _open_on(on: date) -> ColumnElement[bool]:
    contract = exists().where(
        ProviderContract.provider_id == Provider.id,
        ProviderContract.begins <= on,
        ProviderContract.ends >= on,
    )
    closed = exists().where(ProviderDayOff.provider_id == Provider.id, ProviderDayOff.on == on)
    return Provider.active & contract & ~closed


def _places(session: Session, provider_id: int, service: str, on: date, slot: Slot) -> int:
    row = session.get(
        ProviderCapacity,
        (provider_id, pool(session, provider_id, service), on.weekday(), slot.value),
    )
    return row.count if row else 0


def _path(region: str | None) -> Sequence[str]:
    return _regions().path(region) if region else ()


@cache
def _regions() -> Regions:
    return Regions.load(DATA / "regions.yml")
