"""Logs: what was said and who said it never reaches them."""

import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from uvicorn.config import LOGGING_CONFIG

from care.storage.engine import Sessions
from hotline.logs import configure_logs, drop_personal

SAID = "我叫王桂兰,电话13800000001"


@pytest.fixture(autouse=True)
def own_configuration() -> Iterator[None]:
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()


def _logged(captured: pytest.CaptureFixture[str]) -> tuple[str, dict[str, Any]]:
    both = captured.readouterr()
    raw = both.out + both.err
    return raw, json.loads(raw)


@pytest.mark.parametrize(
    "key",
    ["text", "said", "name", "phone", "address", "place", "person", "sender_id", "body"],
)
def test_personal_values_are_masked(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    structlog.get_logger().info("heard", **{key: SAID}, ref="7001")
    raw, event = _logged(capsys)
    assert SAID not in raw
    assert event[key] == "***"
    assert (event["event"], event["ref"], event["level"]) == ("heard", "7001", "info")


def test_bound_personal_values_are_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    with structlog.contextvars.bound_contextvars(phone="13800000001"):
        structlog.get_logger().bind(sender_id="web-1").warning("slow")
    raw, event = _logged(capsys)
    assert "13800000001" not in raw
    assert event["sender_id"] == event["phone"] == "***"


def test_nothing_else_is_touched() -> None:
    assert drop_personal(None, "info", {"event": "x", "count": 3}) == {"event": "x", "count": 3}


def test_levels_below_the_chosen_one_are_silent(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("WARNING")
    structlog.get_logger().info("quiet")
    both = capsys.readouterr()
    assert both.out + both.err == ""


def test_an_exception_tells_where_and_of_which_type(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    try:
        int("zwölf")
    except ValueError:
        structlog.get_logger().exception("failed")
    raw, _ = _logged(capsys)
    assert "ValueError" in raw
    assert "test_logs.py" in raw


def test_no_local_variable_of_a_frame_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    heard = "我" + SAID
    try:
        raise RuntimeError
    except RuntimeError:
        structlog.get_logger().exception("failed")
    raw, _ = _logged(capsys)
    assert heard not in raw
    assert SAID not in raw


@pytest.mark.parametrize("name", ["uvicorn.error", "asyncio"])
def test_what_nobody_caught_quotes_nobody(
    name: str, sessions: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    configure_logs()
    logging.config.dictConfig(LOGGING_CONFIG)  # as the server does afterwards
    logger = logging.getLogger(name)
    logger.addHandler(caplog.handler)
    try:
        with sessions.begin() as session:
            session.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": SAID})
    except DBAPIError as error:
        assert SAID not in str(error)
        logger.exception("Exception in ASGI application: %s", SAID)
    finally:
        logger.removeHandler(caplog.handler)
    assert SAID not in caplog.text
    assert "test_logs.py" in caplog.text or "default.py" in caplog.text
    assert "Error" in caplog.text
