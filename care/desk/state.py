"""The states of an operator at the desk, and which may follow which."""

from enum import Enum


class SeatState(str, Enum):
    """What an operator does now."""

    OFFLINE = "offline"
    AVAILABLE = "available"
    BUSY = "busy"
    """Has at least one caller or chat; nothing else makes busy."""
    AFTER_CALL = "after_call"
    """Writes up what the last one was about."""
    BREAK = "break"


CHOSEN = {
    SeatState.OFFLINE: frozenset({SeatState.AVAILABLE, SeatState.BREAK}),
    SeatState.AVAILABLE: frozenset({SeatState.BREAK, SeatState.OFFLINE}),
    SeatState.BUSY: frozenset({SeatState.OFFLINE}),
    SeatState.AFTER_CALL: frozenset({SeatState.AVAILABLE, SeatState.BREAK, SeatState.OFFLINE}),
    SeatState.BREAK: frozenset({SeatState.AVAILABLE, SeatState.OFFLINE}),
}
"""What an operator may choose. Busy and after-call follow from claiming and closing; who has a
caller can't take a break, but can always go, and then what they held waits again."""


def may_choose(state: SeatState, wanted: SeatState) -> bool:
    """Whether an operator who is in `state` may put themselves into `wanted`."""
    return wanted in CHOSEN[state]


def after_claim(state: SeatState) -> SeatState | None:
    """The state after claiming; None when somebody in `state` may not claim.

    Whoever claims during a break is back from it.
    """
    return None if state is SeatState.OFFLINE else SeatState.BUSY


def after_end(still_holds: int, *, wrapped_up: bool) -> SeatState:
    """The state after one of their callers is closed, handed back or let go."""
    if still_holds:
        return SeatState.BUSY
    return SeatState.AFTER_CALL if wrapped_up else SeatState.AVAILABLE
