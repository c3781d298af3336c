"""Migration 0004, up and down with people in the tables."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text

from care.models import Base
from care.operators.model import NumberReveal, Operator, OperatorEvent, OperatorSession
from care.storage import migrate
from care.storage.engine import open_engine, open_sessions
from tests.conftest import NOW

TABLES = {
    "operators",
    "operator_sessions",
    "operator_events",
    "sign_in_throttles",
    "number_reveals",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of each kind without a schema."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/hotline.db"
    else:
        server = request.getfixturevalue("postgresql_url")
        url = server.rpartition("/")[0] + "/people_migration"
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS people_migration WITH (FORCE)")
            connection.execute("CREATE DATABASE people_migration")
    engine = open_engine(url)
    yield engine
    engine.dispose()


def to(engine: Engine, revision: str, *, down: bool = False) -> None:
    """Migrates to a revision."""
    with engine.begin() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)


def test_down_removes_people_and_nothing_else_and_up_brings_the_tables_back(
    empty: Engine,
) -> None:
    to(empty, "0003")
    before = set(inspect(empty).get_table_names())
    with empty.begin() as connection:
        connection.execute(
            text("INSERT INTO elders (name, phone) VALUES ('张桂兰', '13800000001')")
        )
    to(empty, "0004")
    assert set(inspect(empty).get_table_names()) - before == TABLES
    with open_sessions(empty).begin() as session:
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
    to(empty, "0003", down=True)
    assert set(inspect(empty).get_table_names()) == before
    with empty.connect() as connection:
        assert connection.execute(text("SELECT name FROM elders")).scalars().all() == ["张桂兰"]
    to(empty, "0004")
    assert set(inspect(empty).get_table_names()) - before == TABLES
    assert set(Base.metadata.tables) >= TABLES
