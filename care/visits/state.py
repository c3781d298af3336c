"""The words that stand in the tables of visits."""

from enum import StrEnum


class State(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    """The month went by without it."""
    DROPPED = "dropped"
    """It isn't needed any more: the elder's situation changed."""


class How(StrEnum):
    """By which way it was done."""

    HOME = "home"
    PHONE = "phone"
    ELSEWHERE = "elsewhere"
    """Met at the canteen, the clinic, the community centre."""


class Why(StrEnum):
    """Why a person has to go."""

    NO_ANSWER = "no_answer"
    """Every try by telephone was in vain."""
    UNFINISHED = "unfinished"
    """They picked up, and it came to no talk."""
    UNREACHABLE = "unreachable"
    """The number doesn't work."""
    REFUSED = "refused"
    """They want no calls of the assistant."""
    ALARM = "alarm"
    """The call ended in an alarm."""
    LATE = "late"
    """The last days of the visit are there, and no call did."""


class Result(StrEnum):
    """What became of a call."""

    FINISHED = "finished"
    """All that the rules want was asked and answered."""
    UNFINISHED = "unfinished"
    """They hung up, had no time, or a crash cut them off."""
    NOT_THEM = "not_them"
    """Somebody else picked up."""
    REFUSED = "refused"
    ALARM = "alarm"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    DECLINED = "declined"
    MACHINE = "machine"
    UNREACHABLE = "unreachable"

    @property
    def in_vain(self) -> bool:
        """Whether nobody was spoken with, though the telephone rang."""
        return self in {Result.NO_ANSWER, Result.BUSY, Result.DECLINED, Result.MACHINE}
