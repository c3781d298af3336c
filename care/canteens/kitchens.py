"""Who would cook a meal that somebody wishes for, and until when it can be ordered there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.canteens.cutoff import Cutoff, usual
from care.canteens.model import Canteen, CanteenMeal, Round
from care.canteens.way import DELIVERY
from care.elders.lists import own_lists
from care.orders.wish import Wish
from care.providers import service as providers


@dataclass(frozen=True)
class Kitchen:
    """One that would cook it."""

    provider_id: int
    canteen: Canteen | None
    """None for a provider that has none set up."""
    cutoff: Cutoff


def kitchens(session: Session, wish: Wish) -> list[Kitchen]:
    """All that could, the best provider's first; empty where nobody cooks it there."""
    found = providers.candidates(session, wish.service, wish.region, wish.on)
    if wish.canteen_id is None:
        return [each for one in found for each in _delivering(session, one.id, wish)]
    canteen = session.get(Canteen, wish.canteen_id)
    if canteen is None or not canteen.active or wish.way not in canteen.ways:
        return []
    served = session.get(CanteenMeal, (canteen.id, wish.service))
    if served is None or canteen.provider_id not in {one.id for one in found}:
        return []
    return [_of(canteen, served)]


def serves(row: Round, region: str | None, place: str) -> bool:
    """Whether a round comes by: its areas name a region around the place, or words of the
    address."""
    around = own_lists().regions.path(region) if region else ()
    return any(area in around or area in place for area in row.areas)


def _delivering(session: Session, provider_id: int, wish: Wish) -> Sequence[Kitchen]:
    query = (
        select(Canteen, CanteenMeal)
        .join(CanteenMeal, CanteenMeal.canteen_id == Canteen.id)
        .where(Canteen.provider_id == provider_id, Canteen.active, CanteenMeal.meal == wish.service)
        .order_by(Canteen.id)
    )
    own = {
        canteen.id: (canteen, served)
        for canteen, served in session.execute(query)
        if DELIVERY in canteen.ways
    }
    rounds = session.scalars(
        select(Round)
        .where(Round.canteen_id.in_(own), Round.meal == wish.service, Round.active)
        .order_by(Round.id)
    )
    coming = [
        Kitchen(provider_id, own[row.canteen_id][0], Cutoff(row.until, row.days_before))
        for row in rounds
        if serves(row, wish.region, wish.place)
    ]
    if coming:
        return coming
    usually = Kitchen(provider_id, None, usual(wish.service))
    return [_of(*each) for each in own.values()] or [usually]


def _of(canteen: Canteen, served: CanteenMeal) -> Kitchen:
    return Kitchen(canteen.provider_id, canteen, Cutoff(served.until, served.days_before))
