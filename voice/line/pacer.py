"""When the next 20 ms are due, for what has no clock of its own."""

FRAME = 0.02
"""Seconds"""

_LATE = 0.1
"""Seconds that are made up for; more would only be heard as a burst, and stays lost."""


class Pacer:
    """`now` is the time of any monotonic clock, in seconds."""

    def __init__(self, now: float) -> None:
        self._next = now

    def due(self, now: float) -> int:
        """How many frames to send now."""
        if now - self._next > _LATE:
            self._next = now
        frames = 0
        while self._next <= now:
            self._next += FRAME
            frames += 1
        return frames

    def wait(self, now: float) -> float:
        """Seconds until the next is due."""
        return max(0.0, self._next - now)
