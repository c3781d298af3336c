"""Callers who are with an operator: nobody's leg until the operator leaves."""

from dataclasses import dataclass

from voice.line.asterisk.room import Room


@dataclass(frozen=True)
class Handed:
    """A caller and an operator in one bridge."""

    room: Room
    operator: str
    """Their channel."""
    caller: str | None
    """The caller's number."""
    called: str | None


class HandedOver:
    """All of them, found by either channel."""

    def __init__(self) -> None:
        self._by_channel: dict[str, Handed] = {}

    def add(self, handed: Handed) -> None:
        """From now on."""
        self._by_channel[handed.operator] = handed
        self._by_channel[handed.room.caller] = handed

    def end(self, channel: str) -> Handed | None:
        """Forgets the two, one of whose channels ended; None when it was none of these."""
        handed = self._by_channel.pop(channel, None)
        if handed is not None:
            self._by_channel.pop(handed.operator, None)
            self._by_channel.pop(handed.room.caller, None)
        return handed

    def channels(self) -> set[str]:
        """Of callers and operators."""
        return set(self._by_channel)
