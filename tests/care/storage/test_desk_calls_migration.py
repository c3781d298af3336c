"""Migration 0014, up and down with people in the tables."""

from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up


def columns(engine: Engine) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns("operators")}


def test_telephones_come_and_go_and_people_stay(engine: Engine) -> None:
    up(engine, "0013")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO operators"
                " (name, display_name, role, password_hash, active, created_at)"
                " VALUES ('li', '李娜', 'operator', '$', true, '2026-11-21 10:00:00')"
            )
        )
    up(engine, "0014")
    with engine.begin() as connection:
        connection.execute(text("UPDATE operators SET telephone = '8001'"))
    down(engine, "0013")
    assert "telephone" not in columns(engine)
    up(engine, "0014")
    with engine.connect() as connection:
        row = connection.execute(text("SELECT name, telephone FROM operators")).one()
    assert (row.name, row.telephone) == ("li", None)
