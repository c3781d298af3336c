"""Benefits come with 0011 and go with it, and take nobody's record along."""

import pytest
from sqlalchemy import Engine, inspect, text

from tests.care.storage.steps import down, up

_TABLES = {
    "api_keys",
    "api_requests",
    "benefit_rounds",
    "benefit_cases",
    "benefit_events",
    "benefit_receipts",
    "benefit_notices",
}
_AT = {"at": "2026-11-21 02:00:00.123456"}
_ELDER = """INSERT INTO elders
(id, name, sound, phone, situations, categories, allergies, state)
VALUES (1, '王秀英', 'wang', :phone, '', '', '', 'active')"""
_ROWS = (
    """INSERT INTO benefit_rounds (night, held_until, started_at, last_elder, elders, found, lapsed)
    VALUES ('2026-11-21', :at, :at, 1, 1, 1, 0)""",
    """INSERT INTO benefit_cases
    (id, elder_id, rule, benefit, region, state, found_at, changed_at)
    VALUES (1, 1, 'alashan-old-age-80', '高龄津贴', '阿拉善盟', 'new', :at, :at)""",
    """INSERT INTO benefit_events (id, case_id, at, kind, "by", note)
    VALUES (1, 1, :at, 'found', 'round', '')""",
    """INSERT INTO benefit_receipts (id, elder_id, benefit, recorded_at, "by")
    VALUES (1, 1, '健康管理', :at, 'zhang')""",
    """INSERT INTO benefit_notices (id, case_id, channel, text, spoken, state, "by", asked_at)
    VALUES (1, 1, 'sms', '', '', 'waiting', 'zhang', :at)""",
)


def _fill(engine: Engine) -> None:
    with engine.begin() as connection:
        for statement in _ROWS:
            connection.execute(text(statement), _AT)


def test_up_down_and_up_again_with_data(engine: Engine) -> None:
    up(engine, "0010")
    before = set(inspect(engine).get_table_names())
    with engine.begin() as connection:
        connection.execute(text(_ELDER), {"phone": b"sealed"})
    up(engine, "0011")
    assert set(inspect(engine).get_table_names()) - before == _TABLES
    _fill(engine)
    down(engine, "0010")
    assert set(inspect(engine).get_table_names()) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM elders")).scalar() == 1
    up(engine, "0011")
    _fill(engine)
    with pytest.raises(Exception, match=r"(?i)unique"), engine.begin() as connection:
        connection.execute(text(_ROWS[1].replace("VALUES (1,", "VALUES (2,")), _AT)
