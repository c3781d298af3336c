"""What every channel does: bring one message to one target, or say why it couldn't."""

import re
from dataclasses import dataclass
from typing import Protocol

_REASON = re.compile(r"[^\x20-\x7e]")


@dataclass(frozen=True)
class Message:
    """A notice as a channel gets it."""

    title: str
    text: str
    spoken: str
    key: str
    """The notice's; a receiver can tell by it that it has this one already."""
    alarm_ref: str | None = None


class ChannelError(RuntimeError):
    """The message didn't get through, as far as we know."""

    def __init__(self, reason: str, *, retry: bool = True) -> None:
        """`reason` is a code of at most 64 ASCII characters, without a word of the message or of
        the other side's answer; `retry` says whether the same may work in a moment.
        """
        self.reason = _REASON.sub("?", reason)[:64]
        self.retry = retry
        super().__init__(self.reason)


class Channel(Protocol):
    """One configured way out. Called from several threads at once."""

    @property
    def limit(self) -> float:
        """Seconds after which an attempt counts as failed, whatever it does."""
        ...

    def send(self, message: Message, target: str | None) -> None:
        """Returns when the other side took it. Raises ChannelError."""
        ...
