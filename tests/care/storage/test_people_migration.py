"""Migration 0004, up and down with people in the tables."""

from sqlalchemy import Engine, inspect, text

from care.models import Base
from care.operators.model import NumberReveal, Operator, OperatorEvent, OperatorSession
from care.storage.engine import open_sessions
from tests.care.storage.steps import down, up
from tests.conftest import NOW

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
    with open_sessions(engine).begin() as session:
        operator = Operator(
            name="li", display_name="李娜", role="operator", password_hash="$", created_at=NOW
        )
        session.add(operator)
        session.flush()
        session.add_all(
            [
                OperatorSession(
                    token_hash="0", operator_id=operator.id, created_at=NOW, seen_at=NOW
                ),
                OperatorEvent(at=NOW, kind="created", operator_id=operator.id, by="x", detail={}),
                NumberReveal(at=NOW, operator_id=operator.id, kind="elder", record_id=1, why="x"),
            ]
        )
    down(engine, "0003")
    assert set(inspect(engine).get_table_names()) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM elders")).scalars().all() == ["张桂兰"]
    up(engine, "0004")
    assert set(inspect(engine).get_table_names()) - before == TABLES
    assert set(Base.metadata.tables) >= TABLES
