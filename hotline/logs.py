"""Structured logs; what an elder said and who they are never reaches them (promise 4)."""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

_PERSONAL = {"text", "said", "name", "phone", "address", "place", "person", "sender_id", "body"}


def drop_personal(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replaces every personal value by a sign that there was one."""
    return {key: "***" if key in _PERSONAL else value for key, value in event.items()}


def configure_logs(level: str = "INFO") -> None:
    """JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            drop_personal,
            # An exception's text can quote what somebody said: only its type and place are kept.
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=5)
            ),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(),
    )
    logging.getLogger("rasa_sdk").setLevel(logging.ERROR)
