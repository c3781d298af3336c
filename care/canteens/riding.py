"""Who gets which meal today, round by round: what a rider takes along, and who comes to eat."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.canteens.kitchens import serves
from care.canteens.model import Canteen, Dish, Round
from care.canteens.way import DELIVERY
from care.elders.model import Elder
from care.orders.model import Order
from care.orders.state import ACCEPTED, SERVED, UNDER_WAY
from care.providers.model import Worker
from care.providers.signed_in import ProviderPerson

_OPEN = frozenset({ACCEPTED, UNDER_WAY})


@dataclass(frozen=True)
class Stop:
    """One elder's meal."""

    order: Order
    diet: str
    """As it was ordered, else as it is on record; empty for none."""
    allergies: tuple[str, ...]
    harmful: tuple[str, ...]
    """Dishes of the menu that they must not eat."""

    @property
    def is_done(self) -> bool:
        """It is with the elder."""
        return self.order.state in SERVED

    @property
    def is_open(self) -> bool:
        """Name, number and address are the provider's business now (care.providers.work)."""
        return self.order.state in _OPEN


@dataclass(frozen=True)
class Leg:
    """One round with its stops, or those of one canteen who come themselves."""

    name: str
    stops: list[Stop] = field(default_factory=list)
    round: Round | None = None
    rider: Worker | None = None
    canteen: Canteen | None = None

    @property
    def portions(self) -> int:
        """All together."""
        return sum(stop.order.count for stop in self.stops)

    @property
    def left(self) -> int:
        """Portions that are still to be brought."""
        return sum(stop.order.count for stop in self.stops if not stop.is_done)


NO_ROUND = "没有排路线的"


def legs(
    session: Session, provider_id: int, on: date, meal: str, who: ProviderPerson | None = None
) -> list[Leg]:
    """All rounds of this meal as they leave, with or without stops; then what no round comes by,
    and who eats at or fetches from which canteen, by canteen and way.

    `who`: for a rider only what is theirs.
    """
    canteens = {
        row.id: row
        for row in session.scalars(select(Canteen).where(Canteen.provider_id == provider_id))
    }
    rounds = _rounds(session, canteens, meal)
    workers = {
        row.id: row
        for row in session.scalars(select(Worker).where(Worker.provider_id == provider_id))
    }
    found: dict[tuple[str, int], Leg] = {
        (DELIVERY, row.id): Leg(
            row.name,
            round=row,
            rider=workers.get(row.worker_id or 0),
            canteen=canteens[row.canteen_id],
        )
        for row in rounds
    }
    stops = _stops(session, provider_id, on, meal)
    for stop in sorted(stops, key=lambda stop: (stop.order.place, stop.order.id)):
        key, made = _leg(stop, rounds, canteens)
        found.setdefault(key, made).stops.append(stop)
    ordered = [found[key] for key in sorted(found, key=_rank)]
    if who is None or who.office:
        return ordered
    return [mine for leg in ordered if (mine := _of_rider(leg, who)) is not None]


def _rank(key: tuple[str, int]) -> tuple[bool, bool]:
    way, number = key
    return way != DELIVERY, not number


def _leg(
    stop: Stop, rounds: list[Round], canteens: dict[int, Canteen]
) -> tuple[tuple[str, int], Leg]:
    order = stop.order
    if order.way != DELIVERY:
        canteen = canteens.get(order.canteen_id or 0)
        return (order.way, canteen.id if canteen else 0), Leg(order.way, canteen=canteen)
    for row in rounds:
        if serves(row, order.region, order.place):
            return (DELIVERY, row.id), Leg(row.name, round=row)
    return (DELIVERY, 0), Leg(NO_ROUND)


def _of_rider(leg: Leg, who: ProviderPerson) -> Leg | None:
    """A whole round that they ride, otherwise only what they were sent with."""
    if leg.round is not None and leg.round.worker_id == who.worker_id:
        return leg
    stops = [stop for stop in leg.stops if stop.order.worker_id == who.worker_id]
    return Leg(leg.name, stops, leg.round, leg.rider, leg.canteen) if stops else None


def _rounds(session: Session, canteens: Iterable[int], meal: str) -> list[Round]:
    query = select(Round).where(Round.canteen_id.in_(canteens), Round.meal == meal, Round.active)
    return list(session.scalars(query.order_by(Round.leaves, Round.id)))


def _stops(session: Session, provider_id: int, on: date, meal: str) -> list[Stop]:
    query = (
        select(Order, Elder)
        .outerjoin(Elder, Elder.id == Order.elder_id)
        .where(
            Order.provider_id == provider_id,
            Order.on == on,
            Order.service == meal,
            Order.state.in_(_OPEN | SERVED),
        )
    )
    menus: dict[int, list[Dish]] = {}
    served = (
        select(Dish)
        .join(Canteen, Canteen.id == Dish.canteen_id)
        .where(Canteen.provider_id == provider_id, Dish.on == on, Dish.meal == meal)
    )
    for dish in session.scalars(served.order_by(Dish.id)):
        menus.setdefault(dish.canteen_id, []).append(dish)
    return [_stop(order, elder, menus) for order, elder in session.execute(query)]


def _stop(order: Order, elder: Elder | None, menus: dict[int, list[Dish]]) -> Stop:
    allergies = elder.allergies if elder else frozenset[str]()
    own = menus.get(order.canteen_id or 0)
    cooked = own if own is not None else [dish for each in menus.values() for dish in each]
    harmful = dict.fromkeys(dish.name for dish in cooked if dish.allergens & allergies)
    diet = order.diet or (elder.diet if elder else None) or ""
    return Stop(order, diet, tuple(sorted(allergies)), tuple(harmful))
