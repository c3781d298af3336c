"""Migration 0020, up and down with a call in the table."""

from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up


def columns(engine: Engine) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns("calls")}


def test_where_processes_are_reached_comes_and_goes_and_calls_stay(engine: Engine) -> None:
    up(engine, "0019")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO calls (ref, leg, direction, channel, process, started_at, consent)"
                " VALUES ('C1', 'leg', 'in', 'sip', 'a', '2026-11-21 10:00:00', 'given')"
            )
        )
    up(engine, "0020")
    with engine.begin() as connection:
        connection.execute(text("UPDATE calls SET peer = 'http://10.0.0.5:8000'"))
    down(engine, "0019")
    assert "peer" not in columns(engine)
    up(engine, "0020")
    with engine.connect() as connection:
        row = connection.execute(text("SELECT ref, process, peer FROM calls")).one()
    assert tuple(row) == ("C1", "a", None)
