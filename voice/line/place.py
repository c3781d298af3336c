"""Who in a room may hear whom."""

from enum import StrEnum


class Place(StrEnum):
    """What somebody is in a room."""

    CALLER = "caller"
    OPERATOR = "operator"
    """Talks with everybody, and hears what a supervisor whispers."""
    GUEST = "guest"
    """Was called in: talks with everybody, and hears no whispers."""
    LISTENER = "listener"
    """Hears everybody, and is heard by nobody."""
    WHISPERER = "whisperer"
    """Hears everybody, and is heard by operators alone."""


TALKS = frozenset({Place.CALLER, Place.OPERATOR, Place.GUEST})
"""Heard by everybody."""
WITH_CALLER = frozenset({Place.OPERATOR, Place.GUEST})
"""Who talks with the caller."""
_BEHIND = frozenset({Place.OPERATOR, Place.LISTENER, Place.WHISPERER})
"""Who hears whispers: the desk's own people."""


def hears(listener: Place, speaker: Place) -> bool:
    """Whether what `speaker` says reaches `listener`."""
    if speaker is Place.WHISPERER:
        return listener in _BEHIND
    return speaker in TALKS
