"""Notices and devices come with 0005 and go with it, and take nothing else along."""

import pytest
from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up

_TABLES = {"devices", "device_nonces", "device_reports", "notice_deliveries"}
_AT = {"at": "2026-11-20 02:00:00.123456"}
_ELDER = "INSERT INTO elders (id, name, phone) VALUES (1, '王秀英', '13800138000')"
_ROWS = (
    """INSERT INTO devices (id, ref, kind, elder_id, key_id, salt, added_at, last_seen_at)
    VALUES (1, 'P-1', 'button', 1, '00', '00', :at, :at)""",
    "INSERT INTO device_nonces (id, device_id, nonce, at) VALUES (1, 1, 'n', :at)",
    "INSERT INTO device_reports (id, device_id, reference, round, at) VALUES (1, 1, '1', 1, :at)",
    """INSERT INTO notice_deliveries
    (id, key, audience, recipient, channel, target, attempt, state, at)
    VALUES (1, 'k', 'duty', '值班', 'sms', '*', 1, 'delivered', :at)""",
)


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in _ROWS:
            connection.execute(text(statement), _AT)


def test_up_down_and_up_again_with_data(engine: Engine) -> None:
    up(engine, "0004")
    before = _tables(engine)
    with engine.begin() as connection:
        connection.execute(text(_ELDER))
    up(engine, "0005")
    assert _tables(engine) - before == _TABLES
    _fill(engine)
    down(engine, "0004")
    assert _tables(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM elders")).scalar() == "王秀英"
    up(engine, "0005")
    _fill(engine)


def test_no_nonce_and_no_reference_is_there_twice(engine: Engine) -> None:
    up(engine, "0004")
    with engine.begin() as connection:
        connection.execute(text(_ELDER))
    up(engine, "0005")
    _fill(engine)
    for statement in _ROWS[:3]:
        again = statement.replace("VALUES (1,", "VALUES (2,")
        with pytest.raises(Exception, match=r"(?i)unique"), engine.begin() as connection:
            connection.execute(text(again), _AT)
