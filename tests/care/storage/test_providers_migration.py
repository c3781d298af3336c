"""Providers come with 0009 and go with it, and take no order along."""

from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up

_TABLES = {
    "complaint_events",
    "complaints",
    "proof_pictures",
    "provider_accounts",
    "provider_areas",
    "provider_capacities",
    "provider_contracts",
    "provider_days_off",
    "provider_events",
    "provider_services",
    "provider_sessions",
    "provider_workers",
    "providers",
    "worker_certificates",
}
_VALUES = {
    "at": "2026-11-20 02:00:00.123456",
    "on": "2026-11-20",
    "sealed": b"12345678",
    "yes": True,
}
_ORDER = """INSERT INTO orders
    (id, ref, service, "on", count, place, person, phone, state, placed_at, provider_id)
    VALUES (1, '1234', '理发', :on, 1, '东关', '王桂兰', '13800000001', 'done', :at, 1)"""
_ROWS = (
    """INSERT INTO providers (id, name, phone, address, active, created_at)
    VALUES (1, '康乐', '04838234567', '', :yes, :at)""",
    """INSERT INTO provider_contracts (id, provider_id, number, begins, ends)
    VALUES (1, 1, 'A', :on, :on)""",
    "INSERT INTO provider_areas (provider_id, region) VALUES (1, '阿拉善左旗')",
    "INSERT INTO provider_services (provider_id, service) VALUES (1, '理发')",
    """INSERT INTO provider_capacities (provider_id, service, weekday, slot, count)
    VALUES (1, '', 0, 'noon', 5)""",
    "INSERT INTO provider_days_off (provider_id, \"on\", why) VALUES (1, :on, '')",
    """INSERT INTO provider_workers (id, provider_id, name, phone, active)
    VALUES (1, 1, '小李', :sealed, :yes)""",
    "INSERT INTO worker_certificates (worker_id, kind) VALUES (1, '健康证')",
    """INSERT INTO provider_accounts
    (id, provider_id, worker_id, name, display_name, password_hash, active, created_at)
    VALUES (1, 1, 1, 'li', '小李', 'x', :yes, :at)""",
    """INSERT INTO provider_sessions (id, token_hash, account_id, created_at, seen_at)
    VALUES (1, 'x', 1, :at, :at)""",
    """INSERT INTO provider_events (id, provider_id, at, kind, "by", note)
    VALUES (1, 1, :at, 'added', 'x', '')""",
    """INSERT INTO proof_pictures (id, order_id, account_id, at, file, width, height, octets)
    VALUES (1, 1, 1, :at, 'f', 1, 1, 1)""",
    """INSERT INTO complaints
    (id, order_id, provider_id, kind, text, person, phone, state, made_at, due_at)
    VALUES (1, 1, 1, 'late', '', '', :sealed, 'open', :at, :at)""",
    """INSERT INTO complaint_events (id, complaint_id, at, kind, "by", note)
    VALUES (1, 1, :at, 'made', 'x', '')""",
)


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def _run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            wanted = {name: value for name, value in _VALUES.items() if f":{name}" in statement}
            connection.execute(text(statement), wanted)


def test_up_down_and_up_again_with_data(engine: Engine) -> None:
    up(engine, "0008")
    before = _tables(engine)
    _run(engine, _ORDER)
    up(engine, "0009")
    assert _tables(engine) - before == _TABLES
    _run(engine, *_ROWS)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT quality FROM providers")).scalar() == 80
    down(engine, "0008")
    assert _tables(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT ref FROM orders")).scalar() == "1234"
    up(engine, "0009")
    _run(engine, *_ROWS)
