"""Migration 0004, up and down with people in the tables."""

from sqlalchemy import Engine, inspect, text

from care.models import Base
from tests.care.storage.steps import down, up

ROWS = (
    "INSERT INTO operators (id, name, display_name, role, password_hash, active, created_at)"
    " VALUES (1, 'li', '李娜', 'operator', '$', true, :at)",
    "INSERT INTO operator_sessions (token_hash, operator_id, created_at, seen_at)"
    " VALUES ('0', 1, :at, :at)",
    'INSERT INTO operator_events (at, kind, operator_id, "by", detail)'
    " VALUES (:at, 'created', 1, 'x', '{}')",
    "INSERT INTO number_reveals (at, operator_id, kind, record_id, why)"
    " VALUES (:at, 1, 'elder', 1, 'x')",
)
"""People as the tables of then take them; the models may have grown since."""
TABLES = {
    "operators",
    "operator_sessions",
    "operator_events",
    "sign_in_throttles",
    "number_reveals",
}


def test_down_removes_people_and_nothing_else_and_up_brings_the_tables_back(
    engine: Engine,
) -> None:
    up(engine, "0003")
    before = set(inspect(engine).get_table_names())
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO elders (name, phone) VALUES ('张桂兰', '13800000001')")
        )
    up(engine, "0004")
    assert set(inspect(engine).get_table_names()) - before == TABLES
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row), {"at": "2026-11-21 10:00:00"})
    down(engine, "0003")
    assert set(inspect(engine).get_table_names()) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM elders")).scalars().all() == ["张桂兰"]
    up(engine, "0004")
    assert set(inspect(engine).get_table_names()) - before == TABLES
    assert set(Base.metadata.tables) >= TABLES
