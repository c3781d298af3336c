"""The words for what a call's record holds; any other kind of event may be noted, too."""

from enum import StrEnum


class Direction(StrEnum):
    """Who dialled."""

    IN = "in"
    OUT = "out"


class Consent(StrEnum):
    """To be recorded (PIPL, articles 13 to 15 and 29)."""

    UNKNOWN = "unknown"
    """Not told yet, or the call ended first: nothing stays once it is over."""
    GIVEN = "given"
    """Told that the call is recorded, and not objected."""
    REFUSED = "refused"


class Kind(StrEnum):
    """Events that the record itself makes or treats in a way of their own."""

    RANG = "rang"
    ANSWERED = "answered"
    ENDED = "ended"
    CONSENT = "consent"
    HEARD = "heard"
    """The elder spoke: `text`, `confidence` (0 to 1) and `seconds`. Noted when it is over."""
    SAID = "said"
    """The assistant spoke: `text`, and the `seconds` of it that were heard. Noted when it is
    over."""
    KEY = "key"
    """The elder pressed a key: `digit`."""
    OPERATOR_SAID = "operator_said"
    VIEWED = "viewed"
    """Somebody looked at the full number (`by`)."""
    PLAYED_BACK = "played_back"
    """Somebody took the recordings out (`by`)."""
    EXPIRED = "expired"


SPOKEN = frozenset({Kind.HEARD, Kind.SAID, Kind.OPERATOR_SAID})
"""The only kinds that may hold words."""

AFTERWARDS = frozenset({Kind.VIEWED, Kind.PLAYED_BACK, Kind.EXPIRED})
"""What happens to a record when the call is long over."""
