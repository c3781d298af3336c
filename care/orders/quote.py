"""What an order costs, and who pays: said before it is placed, and kept with it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue, Service
from care.orders import quota
from care.orders.model import Order
from care.orders.steps import locked
from care.orders.wish import Wish

_HOUR = 60


@dataclass(frozen=True)
class Quote:
    """All money in 分."""

    price: int | None
    """The whole; None where the catalogue has no price: then nothing is said of money."""
    subsidy: int = 0
    """What others pay of what the free hours leave."""
    free_minutes: int = 0
    """What is set aside of the month's free hours."""
    minutes: int = 0
    """How long it usually takes."""
    decided: bool = True
    """An official has confirmed the free hours; otherwise the community has the last word."""
    source: str | None = None
    """The catalogue's code, and the rule or grant of the free hours."""

    @property
    def free(self) -> int | None:
        """What the free hours pay, to the whole 分 in the elder's favour."""
        if self.price is None or not self.free_minutes:
            return 0 if self.price is not None else None
        return -(-self.price * self.free_minutes // self.minutes)

    @property
    def pays(self) -> int | None:
        """What is left for the elder; None where the price isn't known."""
        if self.price is None or self.free is None:
            return None
        return self.price - self.free - self.subsidy


NO_QUOTE = Quote(None)


def quote(
    session: Session, catalogue: Catalogue, wish: Wish, instead_of: Order | None = None
) -> Quote:
    """The figures for this order now. Free hours first, then the subsidy for the rest.

    `instead_of`: the order that the wish changes, whose hours are free again. Holds it and the
    elder's hours until the transaction ends, so that placing or changing the order in the same
    transaction gives what was quoted.
    """
    service = catalogue.find(wish.service)
    if service is None:
        return NO_QUOTE
    free_minutes, source, decided = 0, service.code, True
    if wish.elder_id is not None and catalogue.free_hours(wish.service):
        before = locked(session, instead_of.id) if instead_of else None
        quota.hold(session, wish.elder_id)
        hours = quota.left(session, wish.elder_id, wish.on)
        free_minutes = min(service.minutes, hours.left + _given_back(before, wish))
        if free_minutes:
            source, decided = f"{service.code} {hours.source}", hours.decided
    price = _of_all(service, service.price, wish.count)
    subsidy = _of_all(service, service.subsidy, wish.count) or 0
    rest = service.minutes - free_minutes
    subsidy = subsidy * rest // service.minutes
    if price is None and not free_minutes:
        source = ""
    return Quote(price, subsidy, free_minutes, service.minutes, decided, source or None)


def _given_back(order: Order | None, wish: Wish) -> int:
    if order is None or order.elder_id != wish.elder_id:
        return 0
    return order.free_minutes if quota.month_of(order.on) == quota.month_of(wish.on) else 0


def _of_all(service: Service, unit: int | None, count: int) -> int | None:
    """A unit's figure for the whole order; what is counted by the hour is as long as usual."""
    if unit is None:
        return None
    return unit * service.minutes // _HOUR if service.unit == "小时" else unit * count
