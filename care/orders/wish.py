"""What is ordered, by whom, for when and where."""

from dataclasses import dataclass
from datetime import date, time

from care.canteens.way import DELIVERY
from care.orders.model import Order


@dataclass(frozen=True)
class Wish:
    """The content of an order, as a value that can be changed and stored again."""

    service: str
    on: date
    place: str
    person: str
    phone: str
    at: time | None = None
    count: int = 1
    diet: str | None = None
    elder_id: int | None = None
    """Where it is sure whose order it is."""
    region: str | None = None
    """Where the place is, by a full name of `data/regions.yml`."""
    way: str = DELIVERY
    """How a meal comes to the elder: of care.canteens.way."""
    canteen_id: int | None = None
    """Where they eat or fetch it."""


def wish_of(order: Order) -> Wish:
    """The order's content."""
    return Wish(**{name: getattr(order, name) for name in Wish.__dataclass_fields__})
