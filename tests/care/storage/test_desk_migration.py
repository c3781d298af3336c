"""The desk's tables come with 0006 and go with it; talks, alarms and hand-overs stay."""

from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up

_TABLES = {
    "changes",
    "seats",
    "seat_events",
    "handover_events",
    "callbacks",
    "callback_events",
    "understandings",
}
_AT = {"at": "2026-11-20 02:00:00.123456"}
_BEFORE = (
    """INSERT INTO conversations (id, sender_id, channel, session, started_at, last_at)
    VALUES (1, 'web-1', 'web', 1, :at, :at)""",
    """INSERT INTO utterances (id, conversation_id, speaker, text, at)
    VALUES (1, 1, 'elder', '转人工', :at)""",
    """INSERT INTO handovers (id, conversation_id, reason, state, requested_at)
    VALUES (1, 1, 'asked', 'waiting', :at), (2, 1, 'asked', 'waiting', :at)""",
)
_ROWS = (
    "INSERT INTO changes (id, at, topic, key) VALUES (1, :at, 'conversation', '1')",
    """INSERT INTO seats (operator, state, since, seen_at)
    VALUES ('zhang', 'available', :at, :at)""",
    """INSERT INTO seat_events (id, operator, at, state, why)
    VALUES (1, 'zhang', :at, 'available', 'chosen')""",
    """INSERT INTO handover_events (id, handover_id, conversation_id, at, kind, "by", note)
    VALUES (1, 1, 1, :at, 'requested', 'assistant', 'asked')""",
    """INSERT INTO callbacks
    (id, conversation_id, person, phone, about, due_at, state, tries, made_at)
    VALUES (1, 1, '', '13800000001', '津贴', :at, 'open', 0, :at)""",
    """INSERT INTO callback_events (id, callback_id, at, kind, "by", note)
    VALUES (1, 1, :at, 'made', 'zhang', '')""",
    """INSERT INTO understandings (utterance_id, conversation_id, at, intent, confidence, slots)
    VALUES (1, 1, :at, 'ask_human', 0.9, '{}')""",
    "UPDATE utterances SET operator = 'zhang' WHERE id = 1",
    "UPDATE handovers SET wrap_up = 'answered' WHERE id = 1",
)


def _fill(engine: Engine, statements: tuple[str, ...]) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), _AT)


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_up_down_and_up_again_with_data(engine: Engine) -> None:
    up(engine, "0005")
    before = _tables(engine)
    _fill(engine, _BEFORE)
    up(engine, "0006")
    assert _tables(engine) - before == _TABLES
    _fill(engine, _ROWS)
    down(engine, "0005")
    assert _tables(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT text FROM utterances")).scalars().all() == ["转人工"]
        states = connection.execute(text("SELECT state FROM handovers ORDER BY id"))
        assert states.scalars().all() == ["waiting", "closed"]  # one open one of each caller
    up(engine, "0006")
    _fill(engine, _ROWS)


def test_figures_bring_indexes_and_take_them_along(engine: Engine) -> None:
    up(engine, "0005")
    _fill(engine, _BEFORE)
    up(engine, "0012")
    before = _indexes(engine)
    up(engine, "0013")
    assert _indexes(engine) - before == {
        "ix_utterances_at",
        "ix_understandings_at",
        "ix_handovers_requested_at",
        "ix_alarms_raised_at",
    }
    down(engine, "0012")
    assert _indexes(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM handovers")).scalar() == 2


def _indexes(engine: Engine) -> set[str | None]:
    look = inspect(engine)
    return {index["name"] for table in look.get_table_names() for index in look.get_indexes(table)}
