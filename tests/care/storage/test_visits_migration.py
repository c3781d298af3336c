"""Visits come and go with their tables, and leave everything else alone."""

from datetime import date

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from tests.care.storage.steps import down, up

_TABLES = {
    "stewards",
    "steward_regions",
    "visits",
    "visit_events",
    "visit_calls",
    "visit_answers",
}
_ELDER = """INSERT INTO elders (id, name, sound, phone, situations, categories, allergies, state)
VALUES (1, '王桂兰', 'wang gui lan', :phone, '', '', '', 'active')"""
_VISIT = """INSERT INTO visits
(elder_id, month, nth, rule, by_phone, due_from, due_on, state, steward_id)
VALUES (1, :month, 1, 'alashan', :by_phone, :month, :month, 'planned', 1)"""
_MONTH = {"month": date(2026, 11, 1), "by_phone": True}


def test_up_and_down_with_visits_in_it(engine: Engine) -> None:
    up(engine, "0009")
    before = set(inspect(engine).get_table_names())
    with engine.begin() as connection:
        connection.execute(text(_ELDER), {"phone": b"sealed"})
    up(engine, "0010")
    assert set(inspect(engine).get_table_names()) - before == _TABLES
    with engine.begin() as connection:
        steward = "INSERT INTO stewards (id, name, phone, active) VALUES (1, '李', '1', :yes)"
        connection.execute(text(steward), {"yes": True})
        connection.execute(text(_VISIT), _MONTH)
        event = 'INSERT INTO visit_events (visit_id, at, kind, "by", note) '
        event += "VALUES (1, '2026-11-01 00:00:00', 'planned', 'plan', '')"
        connection.execute(text(event))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(_VISIT), _MONTH)
    down(engine, "0009")
    assert set(inspect(engine).get_table_names()) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM elders")).scalar() == "王桂兰"
    up(engine, "head")
