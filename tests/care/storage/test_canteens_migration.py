"""Migration 0015, up and down with orders, a canteen, its menu and a round in the tables."""

from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up

_AT = {"at": "2026-11-20 02:00:00.123456"}
_BEFORE = (
    """INSERT INTO orders (id, ref, service, "on", count, place, person, phone, state, placed_at)
    VALUES (1, '1234', '午餐', '2026-11-22', 1, '东关', '王桂兰', '13800000001', 'placed', :at)""",
    """INSERT INTO order_events (id, order_id, at, kind, note) VALUES (1, 1, :at, 'placed', '')""",
    """INSERT INTO order_series
    (id, service, count, place, person, phone, pattern, begins, festivals, made_at)
    VALUES (1, '午餐', 1, '东关', '王桂兰', '13800000001', 'weekdays', '2026-11-22', 'ask', :at)""",
    """INSERT INTO providers (id, name, phone, address, active, quality, created_at)
    VALUES (1, '康乐养老', '04838234567', '', true, 80, :at)""",
)
_AFTER = (
    """INSERT INTO canteens (id, provider_id, name, kind, region, address, phone, ways, active)
    VALUES (1, 1, '东关食堂', 'canteen', '阿拉善左旗', '1号楼', '04838234567', '', true)""",
    """INSERT INTO canteen_meals (canteen_id, meal, opens, closes, until, days_before)
    VALUES (1, '午餐', '11:30', '13:00', '10:30', 0)""",
    """INSERT INTO canteen_dishes (id, canteen_id, "on", meal, name, diets, allergens)
    VALUES (1, 1, '2026-11-22', '午餐', '米饭', '', '')""",
    """INSERT INTO canteen_imports (id, canteen_id, at, by, file, state, dishes)
    VALUES (1, 1, :at, 'li', 'a.xlsx', 'done', 1)""",
    """INSERT INTO delivery_rounds
    (id, canteen_id, name, meal, leaves, until, days_before, areas, active)
    VALUES (1, 1, '东线', '午餐', '11:00', '10:00', 0, '、东关、', true)""",
    "UPDATE orders SET way = 'dine_in', canteen_id = 1",
)
_NEW = {"canteens", "canteen_meals", "canteen_dishes", "canteen_imports", "delivery_rounds"}


def _tables(engine: Engine) -> dict[str, set[str]]:
    look = inspect(engine)
    return {
        name: {column["name"] for column in look.get_columns(name)}
        for name in look.get_table_names()
    }


def test_up_down_and_up_again_and_no_order_is_lost(engine: Engine) -> None:
    up(engine, "0014")
    before = _tables(engine)
    with engine.begin() as connection:
        for statement in _BEFORE:
            connection.execute(text(statement), _AT)
    up(engine, "0015")
    assert _tables(engine).keys() - before.keys() == _NEW
    with engine.begin() as connection:
        both = (
            "SELECT way, canteen_id FROM orders UNION ALL SELECT way, canteen_id FROM order_series"
        )
        assert connection.execute(text(both)).all() == 2 * [("delivery", None)]
        for statement in _AFTER:
            connection.execute(text(statement), _AT)
    down(engine, "0014")
    assert _tables(engine) == before
    with engine.connect() as connection:
        kept = "SELECT id FROM orders UNION ALL SELECT id FROM order_events"
        assert list(connection.execute(text(kept)).scalars()) == [1, 1]
        assert connection.execute(text("SELECT count(*) FROM order_series")).scalar() == 1
    up(engine, "0015")
    assert _tables(engine).keys() - before.keys() == _NEW
