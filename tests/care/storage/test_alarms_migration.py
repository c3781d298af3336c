"""Alarms from before the chain get their links, and go back to what they were."""

from sqlalchemy import Engine, inspect, text

from care.alarms import chain
from care.alarms import service as alarms
from care.storage.engine import open_sessions
from tests.care.storage.steps import down, up

_ALARMS = """INSERT INTO alarms
(id, ref, category, severity, said, facts, state, raised_at, closed_at)
VALUES (1, 'A1120-000001', 'fall', 2, '摔了', '{}', 'raised', :at, NULL),
       (2, 'A1120-000002', 'fire', 1, '着火了', '{}', 'closed', :at, :at)"""
_EVENTS = """INSERT INTO alarm_events (id, alarm_id, at, kind, "by", note)
VALUES (1, 1, :at, 'raised', 'assistant', '摔了'), (2, 2, :at, 'raised', 'assistant', '着火了'),
       (4, 2, :at, 'closed', '张敏', '已灭火')"""
_AT = {"at": "2026-11-20 02:00:00.123456"}


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in (_ALARMS, _EVENTS):
            connection.execute(text(statement), _AT)


def test_what_happened_before_is_chained_and_waited_for(engine: Engine) -> None:
    up(engine, "0002")
    _fill(engine)
    up(engine, "head")
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
    up(engine, "0002")
    before = _columns(engine)
    _fill(engine)
    up(engine, "0003")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alarms SET state = 'dispatched' WHERE id = 1"))
    down(engine, "0002")
    assert _columns(engine) == before
    with engine.begin() as connection:
        states = connection.execute(text("SELECT state FROM alarms ORDER BY id")).scalars()
        assert list(states) == ["raised", "closed"]
        kinds = connection.execute(text("SELECT kind FROM alarm_events ORDER BY id")).scalars()
        assert list(kinds) == ["raised", "raised", "closed"]
        connection.execute(text("DELETE FROM alarm_events WHERE id = 4"))
        connection.execute(text("UPDATE alarms SET state = 'raised'"))
    up(engine, "0003")
    assert _columns(engine) != before


def _columns(engine: Engine) -> dict[str, set[str]]:
    look = inspect(engine)
    return {
        table: {column["name"] for column in look.get_columns(table)}
        for table in look.get_table_names()
    }
