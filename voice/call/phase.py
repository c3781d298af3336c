"""Where a call stands."""

from enum import StrEnum


class Phase(StrEnum):
    """What the call is about just now."""

    RINGING = "ringing"
    QUEUED = "queued"
    TALKING = "talking"
    """With whom: see `At`."""
    CLOSING = "closing"
    """The last words are being said."""
    GONE = "gone"


class At(StrEnum):
    """Whom the caller is with."""

    ASSISTANT = "assistant"
    WAITING = "waiting"
    """Hears the hold tone while an operator is called."""
    OPERATOR = "operator"
    """Hears the operator: we have to be silent."""
