"""Time comes in from outside: everything that asks for "now" takes a `Clock`."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]
"""Returns an aware datetime in Asia/Shanghai."""


def system_clock() -> datetime:
    """The machine's time, in Asia/Shanghai whatever the machine's zone."""
    return datetime.now(SHANGHAI)
