"""What the catalogue asks of an order: how long before it is placed, and for whom a service is.

The one place where both are looked at, for the conversation, the desk and the interface alike. A
meal has its canteen's cut-off instead of a lead time.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue, Service
from care.clock import SHANGHAI
from care.elders.model import Elder
from care.elders.profile import profile_of
from care.entitlements.household import ability_of, categories_of
from care.orders.check import WORKING_HOURS
from care.orders.model import Order
from care.orders.wish import Wish
from care.providers.slot import MEALS

Kind = Literal["too_soon", "not_for", "unknown_for"]

_STEP = 30
"""Minutes: offered hours are full or half."""
_MOST_INSTEAD = 3


@dataclass(frozen=True)
class Refusal:
    """Why a service can't be had as wished for, and what can."""

    kind: Kind
    """too_soon: `earliest` can be had. not_for: the elder is none of `only`. unknown_for: who the
    elder is has to be known first, for it is for `only`."""
    lead_hours: int = 0
    earliest: datetime | None = None
    only: tuple[str, ...] = ()
    """Situations, categories or abilities of elders."""
    instead: tuple[str, ...] = ()
    """Services of the same field that are for everybody, a few."""


def refusal(
    session: Session,
    catalogue: Catalogue,
    wish: Wish,
    now: datetime,
    instead_of: Order | None = None,
) -> Refusal | None:
    """None where the order may be placed, or changed to this from `instead_of`.

    What was ordered in time stays in time as long as its service, day and hour stay.
    """
    service = catalogue.find(wish.service)
    if service is None:
        return None
    elder = session.get(Elder, wish.elder_id) if wish.elder_id is not None else None
    found = not_for(catalogue, service, elder, now.date())
    if found is not None:
        return found
    when = (wish.service, wish.on, wish.at)
    if instead_of is not None and when == (instead_of.service, instead_of.on, instead_of.at):
        return None
    return too_soon(service, wish.on, wish.at, now)


def not_for(
    catalogue: Catalogue, service: Service, elder: Elder | None, on: date
) -> Refusal | None:
    """Whether a service is for others than this elder; None where it is for them, or for all."""
    if not service.only:
        return None
    if elder is not None and _groups(elder, on) & set(service.only):
        return None
    return Refusal(
        "not_for" if elder is not None else "unknown_for",
        only=service.only,
        instead=tuple(
            each.spoken
            for each in catalogue.of_field(service.field)
            if not each.only and each.name not in MEALS
        )[:_MOST_INSTEAD],
    )


def too_soon(service: Service, on: date, at: time | None, now: datetime) -> Refusal | None:
    """Whether it is wanted sooner than it can be had; None where there is time enough."""
    if service.name in MEALS or at is None:
        return None
    ready = now + timedelta(hours=service.lead_hours)
    if datetime.combine(on, at, SHANGHAI) >= ready:
        return None
    return Refusal("too_soon", lead_hours=service.lead_hours, earliest=_next_hour(ready))


def _next_hour(ready: datetime) -> datetime:
    """The first full or half hour from then on at which workers come."""
    past = timedelta(
        minutes=ready.minute % _STEP, seconds=ready.second, microseconds=ready.microsecond
    )
    found = ready if not past else ready - past + timedelta(minutes=_STEP)
    opens, closes = WORKING_HOURS
    if found.time() < opens:
        return datetime.combine(found.date(), opens, SHANGHAI)
    if found.time() > closes:
        return datetime.combine(found.date() + timedelta(days=1), opens, SHANGHAI)
    return found


def _groups(elder: Elder, on: date) -> frozenset[str]:
    """Everything that the record says they belong to, in the words of `only`, with what that
    implies: whose household is on a list of relief is 贫困."""
    profile = profile_of(elder, on)
    implied = categories_of(profile).yes | ability_of(profile).yes
    return elder.situations | elder.categories | implied
