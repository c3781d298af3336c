"""Alarms from before the chain get their links, and go back to what they were."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, inspect, make_url, text

from care.alarms import chain
from care.alarms import service as alarms
from care.storage import migrate
from care.storage.engine import open_engine, open_sessions

_ALARMS = """INSERT INTO alarms
(id, ref, category, severity, said, facts, state, raised_at, closed_at)
VALUES (1, 'A1120-000001', 'fall', 2, '摔了', '{}', 'raised', :at, NULL),
       (2, 'A1120-000002', 'fire', 1, '着火了', '{}', 'closed', :at, :at)"""
_EVENTS = """INSERT INTO alarm_events (id, alarm_id, at, kind, "by", note)
VALUES (1, 1, :at, 'raised', 'assistant', '摔了'), (2, 2, :at, 'raised', 'assistant', '着火了'),
       (4, 2, :at, 'closed', '张敏', '已灭火')"""
_AT = {"at": "2026-11-20 02:00:00.123456"}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind."""
    url = make_url(f"sqlite:///{tmp_path}/old.db")
    if request.param == "postgresql":
        server = make_url(request.getfixturevalue("postgresql_url"))
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS old"))
            connection.execute(text("CREATE DATABASE old"))
        admin.dispose()
        url = server.set(database="old")
    engine = open_engine(url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()


def _go(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parents[1] / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        go = command.downgrade if revision.startswith("-") else command.upgrade
        go(config, revision.removeprefix("-"))


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in (_ALARMS, _EVENTS):
            connection.execute(text(statement), _AT)


def test_what_happened_before_is_chained_and_waited_for(engine: Engine) -> None:
    _go(engine, "0002")
    _fill(engine)
    _go(engine, "head")
    sessions = open_sessions(engine)
    found = chain.verify(sessions)
    assert found.whole
    assert found.events == 3
    with sessions() as session:
        rests = session.execute(text("SELECT alarm_id, rests FROM alarm_ladders ORDER BY alarm_id"))
        assert [tuple(row) for row in rests] == [(1, False), (2, True)]
        [alarm] = alarms.open_alarms(session)
    assert (alarm.source, alarm.case_ref) == ("speech", "A1120-000001")


def test_back_down_nothing_of_the_course_is_lost(engine: Engine) -> None:
    _go(engine, "0002")
    before = _columns(engine)
    _fill(engine)
    _go(engine, "0003")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alarms SET state = 'dispatched' WHERE id = 1"))
    _go(engine, "-0002")
    assert _columns(engine) == before
    with engine.begin() as connection:
        states = connection.execute(text("SELECT state FROM alarms ORDER BY id")).scalars()
        assert list(states) == ["raised", "closed"]
        kinds = connection.execute(text("SELECT kind FROM alarm_events ORDER BY id")).scalars()
        assert list(kinds) == ["raised", "raised", "closed"]
        connection.execute(text("DELETE FROM alarm_events WHERE id = 4"))
        connection.execute(text("UPDATE alarms SET state = 'raised'"))
    _go(engine, "0003")
    assert _columns(engine) != before


def _columns(engine: Engine) -> dict[str, set[str]]:
    look = inspect(engine)
    return {
        table: {column["name"] for column in look.get_columns(table)}
        for table in look.get_table_names()
    }
