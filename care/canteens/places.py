"""How many may eat at a canteen, and where an order counts: one book for all capacity, the
provider's (care.orders.booking)."""

from sqlalchemy.orm import Session

from care.canteens.model import CanteenMeal
from care.canteens.way import DINE_IN
from care.orders.model import Order
from care.providers import service as providers
from care.providers.slot import slot_of


def pool(session: Session, order: Order, provider_id: int) -> str:
    """What shares one capacity: a canteen's seats for those who eat there, where they are counted,
    otherwise as care.providers.service.pool."""
    if _seats(session, order) is not None:
        return f"canteen {order.canteen_id}"
    return providers.pool(session, provider_id, order.service)


def capacity(session: Session, order: Order, provider_id: int) -> int:
    """How many places the order's slot has in its pool, booked ones included; 0 on a day on which
    the provider takes nothing."""
    slot = slot_of(order.service, order.at)
    whole = providers.capacity(session, provider_id, order.service, order.on, slot)
    seats = _seats(session, order)
    return whole if seats is None or not whole else seats


def _seats(session: Session, order: Order) -> int | None:
    if order.way != DINE_IN or order.canteen_id is None:
        return None
    row = session.get(CanteenMeal, (order.canteen_id, order.service))
    return row.seats if row else None
