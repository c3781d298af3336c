"""WeChat comes with 0012 and goes with it, and takes nothing else along."""

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from tests.care.storage.steps import down, up

_TABLES = {
    "wechat_users", "wechat_messages", "wechat_outbox", "wechat_tokens",
    "wechat_bindings", "wechat_opt_ins", "wechat_codes", "wechat_tries",
}  # fmt: skip
_AT = {"at": "2026-11-20 02:00:00.123456"}
_DEVICE = text("INSERT INTO devices (id, ref, kind, key_id, salt, added_at, last_seen_at) "
              "VALUES (1, 'P-1', 'button', '00', '00', :at, :at)")  # fmt: skip
_ROWS = (
    """INSERT INTO wechat_users (openid, since, follows, sent_since_wrote, sent_since_clicked,
    voice_replies) VALUES ('o-1', :at, TRUE, 0, 0, FALSE)""",
    """INSERT INTO wechat_messages (id, key, openid, sent_at, at, urgent, state, attempts)
    VALUES (1, 'm:1', 'o-1', :at, :at, FALSE, 'received', 0)""",
    """INSERT INTO wechat_outbox (id, key, openid, kind, text, state, made_at, due_at, attempts)
    VALUES (1, 'k', 'o-1', 'text', '在', 'waiting', :at, :at, 0)""",
    "INSERT INTO wechat_tokens (appid, token) VALUES ('wx0', 't')",
    "INSERT INTO wechat_tries (id, openid, at) VALUES (1, 'o-1', :at)",
)
_TWICE = (
    """INSERT INTO wechat_messages (id, key, openid, sent_at, at, urgent, state, attempts)
    VALUES (2, 'm:1', 'o-2', :at, :at, FALSE, 'received', 0)""",
    """INSERT INTO wechat_outbox (id, key, openid, kind, text, state, made_at, due_at, attempts)
    VALUES (2, 'k', 'o-1', 'text', '在', 'waiting', :at, :at, 0)""",
)


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in _ROWS:
            connection.execute(text(statement), _AT)


def test_up_down_and_up_again_with_data(engine: Engine) -> None:
    up(engine, "0011")
    before = _tables(engine)
    with engine.begin() as connection:
        connection.execute(_DEVICE, _AT)
    up(engine, "0012")
    assert _tables(engine) - before == _TABLES
    _fill(engine)
    for statement in _TWICE:  # a message, or words to somebody, is there once
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text(statement), _AT)
    down(engine, "0011")
    assert _tables(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT ref FROM devices")).scalar() == "P-1"
    up(engine, "0012")
    _fill(engine)
