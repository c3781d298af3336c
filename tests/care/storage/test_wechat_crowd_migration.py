"""The indexes for a crowd in WeChat come with 0019 and go with it; the messages stay."""

from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up

_AT = {"at": "2026-11-20 02:00:00.123456"}
_MESSAGE = text(
    """INSERT INTO wechat_messages (id, key, openid, sent_at, at, urgent, state, attempts)
    VALUES (1, 'm:1', 'o-1', :at, :at, FALSE, 'received', 0)"""
)
_NEW = {"ix_wechat_messages_delivery", "ix_wechat_messages_open"}


def _indexes(engine: Engine) -> set[str | None]:
    return {each["name"] for each in inspect(engine).get_indexes("wechat_messages")}


def test_up_down_and_up_again_with_data(engine: Engine) -> None:
    up(engine, "0018")
    before = _indexes(engine)
    with engine.begin() as connection:
        connection.execute(_MESSAGE, _AT)
    up(engine, "0019")
    assert _indexes(engine) - before == _NEW
    down(engine, "0018")
    assert _indexes(engine) == before
    up(engine, "0019")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT key FROM wechat_messages")).scalar() == "m:1"
