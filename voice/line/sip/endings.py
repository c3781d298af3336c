"""What the stack says when a call closes, as the reasons that the rest of the house knows."""

from voice.line.leg import Ended, Failed

_NO_SOUND = "rtp stream error"
_MOVED = "Call transfered"
_BYE = "Connection reset by peer"
"""libre's ECONNRESET, which is also how it tells a BYE and a CANCEL."""


def ended(text: str, *, by_us: bool, answered: bool) -> Ended:
    """Why an incoming call, or one that was answered, is over."""
    if text == _MOVED:
        return Ended.MOVED
    if by_us:
        return Ended.WE_HUNG_UP
    if not answered:
        return Ended.CANCELLED
    if text == _NO_SOUND or (text and not text.startswith(_BYE) and not text[:3].isdigit()):
        return Ended.LOST
    return Ended.THEY_HUNG_UP


def failed(status: int | None, *, rang: bool) -> Failed:
    """Why a telephone that was called did not come; `status` is SIP's, None for a time-out."""
    match status:
        case 486 | 600:
            return Failed.BUSY
        case 603 | 403 | 606:
            return Failed.DECLINED
        case 408 | 480 | 487:
            return Failed.NO_ANSWER
        case None if rang:
            return Failed.NO_ANSWER
        case _:
            return Failed.UNREACHABLE
