"""What one leg said and nobody has heard yet: frames come unevenly, and are taken evenly."""

import numpy as np

from voice.line.leg import Pcm16
from voice.line.outbox import Outbox

CUSHION = 0.04
"""Seconds that are waited for after a gap, so that the next frame may come a little late."""

DELAY = 0.2
"""Seconds that may wait to be heard. The clocks of two telephones differ, and a network may stop
and then give everything at once: what would add up is dropped, down to the cushion."""


class Inflow:
    """Of one leg."""

    def __init__(self, rate: int) -> None:
        """`rate` in Hz."""
        self._waiting = Outbox()
        self._cushion, self._most = round(CUSHION * rate), round(DELAY * rate)
        self._fills = True
        """Whether there is a gap, until the cushion is there again."""

    def put(self, samples: Pcm16) -> None:
        """What the leg has just said."""
        self._waiting.put(samples)
        if len(self._waiting) > self._most:
            self._waiting.take(len(self._waiting) - self._cushion)

    def take(self, count: int) -> Pcm16:
        """The next `count` samples; silence where there are none."""
        if self._fills and len(self._waiting) < max(self._cushion, count):
            return np.zeros(count, np.int16)
        taken = self._waiting.take(count)
        self._fills = len(taken) < count
        return np.pad(taken, (0, count - len(taken)))
