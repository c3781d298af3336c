"""Migration 0008, up and down with orders in the tables."""

import pytest
from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up

_AT = {"at": "2026-11-20 02:00:00.123456"}
_ORDERS = """INSERT INTO orders
(id, ref, service, "on", count, place, person, phone, state, placed_at)
VALUES (1, '1234', '午餐', '2026-11-22', 1, '东关', '王桂兰', '13800000001', 'placed', :at),
       (2, '1235', '午餐', '2026-11-20', 1, '东关', '王桂兰', '13800000001', 'done', :at)"""
_EVENTS = """INSERT INTO order_events (id, order_id, moment, kind, note)
VALUES (1, 1, :at, 'placed', ''), (2, 2, :at, 'placed', '')"""
_NEW = {
    "hour_grants",
    "order_bookings",
    "order_offers",
    "order_pauses",
    "order_series",
    "provider_slots",
}
_STATES = """UPDATE orders SET state = CASE id WHEN 1 THEN 'accepted' ELSE 'reviewed' END"""


def _tables(engine: Engine) -> dict[str, set[str]]:
    look = inspect(engine)
    return {
        name: {column["name"] for column in look.get_columns(name)}
        for name in look.get_table_names()
    }


def test_up_down_and_up_again_nothing_of_the_course_is_lost(engine: Engine) -> None:
    up(engine, "0007")
    before = _tables(engine)
    with engine.begin() as connection:
        for statement in (_ORDERS, _EVENTS):
            connection.execute(text(statement), _AT)
    up(engine, "0008")
    assert _tables(engine).keys() - before.keys() == _NEW
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT due_at, placed_at FROM orders ORDER BY id"))
        first, second = rows
        assert (first.due_at, second.due_at) == (first.placed_at, None)
        kinds = connection.execute(text("SELECT kind FROM order_events WHERE order_id = 1"))
        assert list(kinds.scalars()) == ["placed"]
    with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM order_events"))
    with engine.begin() as connection:
        connection.execute(text(_STATES))
    down(engine, "0007")
    assert _tables(engine) == before
    with engine.begin() as connection:
        states = connection.execute(text("SELECT state FROM orders ORDER BY id")).scalars()
        assert list(states) == ["placed", "done"]
        assert connection.execute(text("SELECT count(*) FROM order_events")).scalar() == 2
        connection.execute(text("DELETE FROM order_events WHERE id = 2"))
    up(engine, "0008")
    assert _tables(engine).keys() - before.keys() == _NEW
