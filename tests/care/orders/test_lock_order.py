"""Who changes an order and who ends its work take the same locks in the same order."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.orders import life
from care.orders import service as orders
from care.orders.model import Order
from care.orders.quote import quote
from care.orders.state import DONE
from care.orders.wish import Wish
from care.storage.engine import Sessions
from tests.care.orders.town import HAIRCUT, act, elder, stored
from tests.conftest import NOW

CATALOGUE = Catalogue.load(DATA)
PATIENCE = 30.0
"""Seconds."""
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def _under_way(sessions: Sessions, wish: Wish) -> int:
    with sessions.begin() as session:
        asked = quote(session, CATALOGUE, wish)
        order = orders.place(session, wish, conversation_id=None, now=NOW, quote=asked)
        life.offer(session, order.id, 1, act(), places=9, due=NOW)
        life.accept(session, order.id, act(), provider_id=1)
        life.start(session, order.id, act(), provider_id=1)
        return order.id


def _finish(sessions: Sessions, number: int) -> None:
    with sessions.begin() as session:
        life.finish(session, number, act(NOW + timedelta(hours=1)), provider_id=1)


def _until_somebody_waits(sessions: Sessions) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with sessions() as session:
            if session.scalar(_WAITING):
                return
    raise TimeoutError("nobody waits for a lock")


def test_neither_waits_for_the_other_for_ever(sessions: Sessions) -> None:
    if sessions.kw["bind"].dialect.name != "postgresql":
        pytest.skip("SQLite has one lock")
    with sessions.begin() as session:
        wish = replace(HAIRCUT, service="助洁", elder_id=elder(session, region="沈阳市"))
    number = _under_way(sessions, wish)
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(orders.OrderStateError), sessions.begin() as session:
            order = session.get_one(Order, number)
            asked = quote(session, CATALOGUE, wish, instead_of=order)
            assert asked.free_minutes
            ending = pool.submit(_finish, sessions, number)
            _until_somebody_waits(sessions)
            orders.change(session, order, replace(wish, count=2), NOW, quote=asked)
        ending.result(PATIENCE)
    assert stored(sessions, number).state == DONE
