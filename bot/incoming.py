"""One utterance as a channel delivers it."""

from dataclasses import dataclass, field

from bot.receipt import Receipt


@dataclass(frozen=True)
class Incoming:
    """One utterance as a channel delivers it."""

    sender_id: str
    """Names the caller within the channel, e.g. a browser's random id."""
    text: str
    channel: str = "web"
    caller_phone: str | None = None
    """Only when the channel vouches for it (the telephone network's calling number)."""
    receipt: Receipt | None = field(default=None, repr=False, compare=False)
    """What the channel keeps along with the utterance and its answer."""
