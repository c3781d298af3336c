"""Places in providers' slots: never more than there are, however many book at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from care.canteens.way import PICK_UP
from care.orders import life
from care.orders import service as orders
from care.orders.booked import OrderBooking, ProviderSlot
from care.orders.booking import FullError
from care.orders.model import Order
from care.orders.state import OFFERED, PLACED
from care.storage.engine import Sessions
from tests.care.orders.town import LUNCH, act, at, place, provider, stored

PLACES = 5
DUE = at(LUNCH.on, 9)


def _offer(sessions: Sessions, order: int) -> bool:
    try:
        with sessions.begin() as session:
            life.offer(session, order, 1, act(), places=PLACES, due=DUE)
    except FullError:
        return False
    return True


def _taken(sessions: Sessions) -> tuple[int, int]:
    """As the slot says, and as the orders do."""
    with sessions() as session:
        booked = session.scalar(select(func.coalesce(func.sum(OrderBooking.count), 0)))
        return session.scalar(select(ProviderSlot.taken)) or 0, booked or 0


def _placed(sessions: Sessions, count: int) -> list[int]:
    with sessions.begin() as session:
        provider(session, "康乐", "午餐", places=PLACES)
        return [place(session, LUNCH).id for _ in range(count)]


def test_many_at_once_get_no_more_than_there_is(sessions: Sessions) -> None:
    orders = _placed(sessions, 12)
    gate = threading.Barrier(6)

    def book(share: list[int]) -> int:
        gate.wait()
        return sum(_offer(sessions, order) for order in share)

    with ThreadPoolExecutor(6) as pool:
        got = sum(pool.map(book, [orders[n::6] for n in range(6)]))
    assert got == PLACES // LUNCH.count
    assert _taken(sessions) == (4, 4)
    states = [stored(sessions, order).state for order in orders]
    assert (states.count(OFFERED), states.count(PLACED)) == (2, 10)


@pytest.mark.parametrize(
    "end",
    [
        lambda session, order: life.cancel(session, order, act()),
        lambda session, order: life.expire(session, order, act()),
        lambda session, order: life.reassign(session, order, act()),
        lambda session, order: life.refuse(session, order, act(), provider_id=1),
    ],
)
def test_what_is_given_back_can_be_booked_again(
    sessions: Sessions, end: Callable[..., Order]
) -> None:
    first, second, third = _placed(sessions, 3)
    assert [_offer(sessions, each) for each in (first, second, third)] == [True, True, False]
    with sessions.begin() as session:
        end(session, first)
    assert _taken(sessions) == (2, 2)
    assert _offer(sessions, third)


def test_who_loses_places_keeps_what_is_booked(sessions: Sessions) -> None:
    first, second, third = _placed(sessions, 3)
    assert _offer(sessions, first)
    assert _offer(sessions, second)
    with pytest.raises(FullError), sessions.begin() as session:
        life.offer(session, third, 1, act(), places=3, due=DUE)
    with sessions.begin() as session:
        life.cancel(session, first, act())
    assert _taken(sessions) == (2, 2)


def test_the_database_itself_refuses_more(sessions: Sessions) -> None:
    [order] = _placed(sessions, 1)
    _offer(sessions, order)
    with pytest.raises(IntegrityError), sessions.begin() as session:
        session.execute(text("UPDATE provider_slots SET taken = 6"))


_OTHERWISE: list[dict[str, Any]] = [
    {"region": "额济纳旗"},
    {"way": PICK_UP},
    {"canteen_id": 7},
    {"count": 3},
]


def _change(sessions: Sessions, number: int, values: dict[str, Any]) -> None:
    with sessions.begin() as session:
        order = session.get_one(Order, number)
        orders.change(session, order, replace(orders.wish_of(order), **values), DUE)


@pytest.mark.parametrize("values", _OTHERWISE)
def test_another_place_or_way_leaves_the_providers_slot(
    sessions: Sessions, values: dict[str, Any]
) -> None:
    first, second, third = _placed(sessions, 3)
    assert [_offer(sessions, each) for each in (first, second, third)] == [True, True, False]
    _change(sessions, first, values)
    found = stored(sessions, first)
    assert (found.state, found.provider_id, _taken(sessions)) == (PLACED, None, (2, 2))
    assert _offer(sessions, third)


def test_changes_and_offers_at_once_never_sell_a_place_twice(sessions: Sessions) -> None:
    numbers = _placed(sessions, 8)
    gate = threading.Barrier(4)

    def work(share: list[int]) -> None:
        gate.wait()
        for number, values in zip(share, _OTHERWISE[:2], strict=True):
            _offer(sessions, number)
            _change(sessions, number, values)
            _offer(sessions, number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, [numbers[n::4] for n in range(4)]))
    taken, booked = _taken(sessions)
    assert taken == booked <= PLACES
    held = [each for each in numbers if stored(sessions, each).state == OFFERED]
    assert booked == LUNCH.count * len(held)
