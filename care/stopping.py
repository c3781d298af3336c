"""Asked between two portions of long work: who ends a process waits for a portion, not for all."""

from collections.abc import Callable

Stopped = Callable[[], bool]
"""Whether the work is to end now, to go on another time where it was."""


def never() -> bool:
    """Work that nobody ends before it is done."""
    return False
