"""Demonstration data: once, and only into an empty database."""

from datetime import timedelta

from sqlalchemy import func, select

from care.elders.contact import contacts
from care.elders.model import Elder
from care.orders import service as orders
from care.orders.model import Order
from care.storage.engine import Sessions
from hotline.demonstration import fill
from tests.conftest import NOW


def _counts(sessions: Sessions) -> tuple[int, int]:
    with sessions() as session:
        elders = session.scalar(select(func.count()).select_from(Elder)) or 0
        placed = session.scalar(select(func.count()).select_from(Order)) or 0
    return elders, placed


def test_it_is_loaded_once(sessions: Sessions) -> None:
    added = fill(sessions, NOW)
    before = _counts(sessions)
    assert before[0] == added > 0
    assert 0 < before[1] <= added
    assert fill(sessions, NOW + timedelta(days=1)) == 0
    assert _counts(sessions) == before


def test_a_database_with_somebody_in_it_is_left_alone(embedded: Sessions) -> None:
    with embedded.begin() as session:
        session.add(Elder(name="王大明", phone="13900000009"))
    assert fill(embedded, NOW) == 0
    assert _counts(embedded) == (1, 0)


def test_orders_are_for_tomorrow_and_found_by_reference_and_number(embedded: Sessions) -> None:
    fill(embedded, NOW)
    with embedded() as session:
        elders = {elder.phone: elder for elder in session.scalars(select(Elder))}
        for order in session.scalars(select(Order)):
            assert order.on == NOW.date() + timedelta(days=1)
            elder = elders[order.phone]
            assert (order.person, order.place) == (elder.name, elder.address)
            assert order.elder_id == elder.id
            assert contacts(session, elder.id)
            found = orders.find(session, order.ref, elder.phone)
            assert found is not None
            assert found.id == order.id
