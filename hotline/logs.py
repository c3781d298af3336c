"""Structured logs; what an elder said and who they are never reaches them (promise 4)."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

_PERSONAL = {"text", "said", "name", "phone", "address", "place", "person", "sender_id", "body"}


def drop_personal(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replaces every personal value by a sign that there was one."""
    return {key: _masked(key, value) for key, value in event.items()}


def place_of_exception(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keeps an exception's type and where it came from; its text can quote what somebody said."""
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else sys.exc_info()[1] if found else None
    error = found if isinstance(found, BaseException) else error
    if error is not None:
        event["error"], event["at"] = type(error).__name__, _frames(error)
    return event


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-5:]
    return [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]


def _place_alone(record: logging.LogRecord) -> bool:
    """The same for what a library logs of an error that nobody caught: no traceback, whose last
    line quotes what was being stored, and no arguments."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        places = " ".join(_frames(error))
        record.msg, record.args = f"{record.name}: {type(error).__name__} at {places}", None
        record.exc_info = record.exc_text = None
    return True


def _masked(key: str, value: Any) -> Any:
    if key in _PERSONAL:
        return "***"
    if isinstance(value, dict):
        return {inner: _masked(inner, each) for inner, each in value.items()}
    return [_masked("", each) for each in value] if isinstance(value, list | tuple) else value


def configure_logs(level: str = "INFO") -> None:
    """JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            place_of_exception,
            drop_personal,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(),
    )
    for name in ("uvicorn.error", "asyncio"):
        logging.getLogger(name).addFilter(_place_alone)
    logging.getLogger("rasa_sdk").setLevel(logging.ERROR)
