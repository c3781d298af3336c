"""What the platform's error codes ask for.

Source: WeChat's table of global return codes.
"""

from enum import Enum


class Trouble(str, Enum):
    """Why something didn't go out, as it is kept and shown to operators."""

    BUSY = "busy"
    """The platform has no time, or couldn't be reached: again in a moment."""
    TOKEN = "token"  # noqa: S105 - a name
    """Our token is no good: a new one, and at once again."""
    QUOTA = "quota"
    """Too many since they last wrote: when they write again."""
    WINDOW = "window"
    """They didn't write within 48 hours: when they write again."""
    UNFOLLOWED = "unfollowed"
    """They don't follow the account: never."""
    REFUSED = "refused"
    """Everything else: a setting or a right of the account is missing."""


_CODES = {
    -1: Trouble.BUSY,
    45009: Trouble.BUSY,  # calls of this interface for today; the minute's limit has the same code
    45011: Trouble.BUSY,
    40001: Trouble.TOKEN,
    40014: Trouble.TOKEN,
    42001: Trouble.TOKEN,
    42007: Trouble.TOKEN,
    45047: Trouble.QUOTA,
    45015: Trouble.WINDOW,
    43004: Trouble.UNFOLLOWED,
    40003: Trouble.UNFOLLOWED,
    43101: Trouble.REFUSED,  # this template alone
}


class PlatformError(RuntimeError):
    """The platform said no, or nothing."""

    def __init__(self, trouble: Trouble, code: int | None = None) -> None:
        """`code` as the platform gave it; None when it wasn't reached."""
        super().__init__(f"{trouble.value} ({code})")
        self.trouble, self.code = trouble, code


def of_code(code: int) -> PlatformError:
    """The error behind a return code that isn't 0."""
    return PlatformError(_CODES.get(code, Trouble.REFUSED), code)
