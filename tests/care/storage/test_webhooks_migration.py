"""Webhooks come and go with their tables, and leave keys and what they asked for alone; what came
later leaves webhooks and their messages alone."""

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from tests.care.storage.steps import down, up

_KEY = """INSERT INTO api_keys (id, name, public, digest, scopes, made_at, expires_at)
VALUES (1, 'a', 'b', 'c', '', '2026-11-21 02:00:00', '2026-11-21 02:00:00')"""
_REQUEST = """INSERT INTO api_requests (key_id, at, path)
VALUES (1, '2026-11-21 02:00:00', '/elders/1')"""
_HOOK = """INSERT INTO webhooks (id, name, url, secret, kinds, made_at, made_by)
VALUES (1, 'a', 'https://a/', :secret, '', '2026-11-21 02:00:00', 't')"""
_DELIVERY = """INSERT INTO webhook_deliveries
(webhook_id, message, kind, subject, body, made_at, due_at)
VALUES (1, 'order_1', 'order.placed', 'order/1', '', '2026-11-21 02:00:00',
    '2026-11-21 02:00:00')"""
_TOKEN = """INSERT INTO api_writes (key_id, token, content, at)
VALUES (1, 'a', 'b', '2026-11-21 02:00:00')"""


def test_up_and_down_with_webhooks_in_it(engine: Engine) -> None:
    up(engine, "0015")
    before = set(inspect(engine).get_table_names())
    with engine.begin() as connection:
        connection.execute(text(_KEY))
        connection.execute(text(_REQUEST))
    up(engine, "0016")
    made = {"webhooks", "webhook_deliveries", "api_writes"}
    assert set(inspect(engine).get_table_names()) - before == made
    with engine.begin() as connection:
        assert connection.execute(text("SELECT method FROM api_requests")).scalar() == "GET"
        connection.execute(text(_HOOK), {"secret": b"sealed"})
        connection.execute(text(_DELIVERY))
        connection.execute(text(_TOKEN))
    for again in (_DELIVERY, _TOKEN):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text(again))
    down(engine, "0015")
    assert set(inspect(engine).get_table_names()) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT path FROM api_requests")).scalar() == "/elders/1"
    up(engine, "head")


def test_up_and_down_with_what_waits_for_them(engine: Engine) -> None:
    up(engine, "0020")
    with engine.begin() as connection:
        connection.execute(text(_HOOK), {"secret": b"sealed"})
        connection.execute(text(_DELIVERY))
    up(engine, "0021")
    bulk = text("SELECT in_bulk, secrets_before FROM webhook_deliveries, webhooks")
    with engine.begin() as connection:
        assert connection.execute(bulk).one() == (False, None)
        connection.execute(
            text("UPDATE webhooks SET secrets_before = secret, before_until = made_at")
        )
    down(engine, "0020")
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT secret, message FROM webhooks, webhook_deliveries"))
        assert [(bytes(secret), message) for secret, message in kept] == [(b"sealed", "order_1")]
    up(engine, "head")
