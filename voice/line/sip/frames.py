"""Incoming sound as frames of 20 ms that follow each other without gaps.

The stack gives what has come. Nothing comes while a network is away, or while the other side holds
us, yet recogniser, recorder and turn-taking all count time by samples: silence stands in.
"""

import numpy as np

from voice.line.leg import Pcm16

FRAME = 0.02
"""Seconds"""

GAP = 0.1
"""Seconds without a sample that count as missing; less is a packet that is late."""


class Frames:
    """Of one leg; time is a monotonic clock's, in seconds."""

    def __init__(self, rate: int, now: float) -> None:
        """`rate` in Hz; the sound begins at `now`."""
        self._rate = rate
        self._size = round(rate * FRAME)
        self._rest: Pcm16 = np.zeros(0, np.int16)
        self._until = now
        """All is told that was heard, or missing, until then."""
        self._missing = False

    def push(self, samples: Pcm16, now: float) -> list[Pcm16]:
        """Whole frames, oldest first; `samples` is what came since the last push."""
        if len(samples):
            self._until, self._missing = now, False
        elif self._missing or now - self._until >= GAP:
            samples = np.zeros(int((now - self._until) * self._rate), np.int16)
            # By what was told, not to `now`: rounding must not add up over thousands of looks.
            self._until, self._missing = self._until + len(samples) / self._rate, True
        line = np.concatenate([self._rest, samples])
        whole = len(line) // self._size * self._size
        self._rest = line[whole:]
        return list(line[:whole].reshape(-1, self._size))
