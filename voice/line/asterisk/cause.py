"""Why a channel ended: the cause values of ITU-T Q.850, as Asterisk tells them."""

from voice.line.leg import Ended, Failed

_NORMAL = {0, 16}
_ENDED = {**dict.fromkeys(_NORMAL, Ended.THEY_HUNG_UP), 31: Ended.THEY_HUNG_UP}
_FAILED = {
    17: Failed.BUSY,
    18: Failed.NO_ANSWER,
    19: Failed.NO_ANSWER,
    0: Failed.NO_ANSWER,  # our own time-out: the channel is taken down without a cause
    16: Failed.NO_ANSWER,
    21: Failed.DECLINED,
}


def ended(cause: int, *, answered: bool) -> Ended:
    """Why a caller's connection is gone. A loss has many causes; a person has two."""
    if not answered:
        return Ended.CANCELLED
    return _ENDED.get(cause, Ended.LOST)


def failed(cause: int) -> Failed:
    """Why a telephone that was called did not come to the phone."""
    return _FAILED.get(cause, Failed.UNREACHABLE)
