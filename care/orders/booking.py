"""Takes and gives back places in a provider's slot; the table refuses more than there are."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from care.canteens.places import pool
from care.orders.booked import OrderBooking, ProviderSlot
from care.orders.model import Order
from care.providers.slot import slot_of
from care.storage.upsert import insert_into


class FullError(ValueError):
    """The provider has no place left for this order in this slot."""


def take(session: Session, order: Order, provider_id: int, places: int) -> None:
    """Books what the order needs. `places`: the provider's capacity, booked ones included.

    Of several who book at once, the row makes one wait for the other. Raises FullError.
    """
    slot = _slot(session, order, provider_id)
    fits = ProviderSlot.taken + order.count <= places
    taken = session.execute(
        update(ProviderSlot)
        .where(ProviderSlot.id == slot, fits)
        .values(taken=ProviderSlot.taken + order.count, places=places)
        .returning(ProviderSlot.id)
    ).first()
    if taken is None:
        raise FullError(f"provider {provider_id} has no {order.count} places on {order.on}")
    session.add(OrderBooking(order_id=order.id, slot_id=slot, count=order.count))
    session.flush()


def give_back(session: Session, order: Order) -> None:
    """Frees what the order has booked; nothing when it has nothing."""
    freed = session.execute(
        delete(OrderBooking)
        .where(OrderBooking.order_id == order.id)
        .returning(OrderBooking.slot_id, OrderBooking.count)
    ).first()
    if freed is not None:
        session.execute(
            update(ProviderSlot)
            .where(ProviderSlot.id == freed.slot_id)
            .values(taken=ProviderSlot.taken - freed.count)
        )


def taken(session: Session, order: Order, provider_id: int) -> int:
    """How many places are taken in the slot in which the order would fall."""
    key = _key(session, order, provider_id)
    return session.scalar(select(ProviderSlot.taken).filter_by(**key)) or 0


def _slot(session: Session, order: Order, provider_id: int) -> int:
    key = _key(session, order, provider_id)
    # Whoever else makes the same row: one of the two is made.
    row = insert_into(session, ProviderSlot).values(**key, taken=0, places=0)
    session.execute(row.on_conflict_do_nothing())
    return session.scalars(select(ProviderSlot.id).filter_by(**key)).one()


def _key(session: Session, order: Order, provider_id: int) -> dict[str, object]:
    return {
        "provider_id": provider_id,
        "pool": pool(session, order, provider_id),
        "on": order.on,
        "slot": slot_of(order.service, order.at).value,
    }
