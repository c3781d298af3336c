"""What is to be said and isn't sent yet."""

from collections import deque

import numpy as np

from voice.line.leg import Pcm16


class Outbox:
    """Samples in their order, taken out in pieces of any size."""

    def __init__(self) -> None:
        self._pieces: deque[Pcm16] = deque()
        self._waiting = 0

    def __len__(self) -> int:
        return self._waiting

    def put(self, samples: Pcm16) -> None:
        """Appends; the samples are copied, so the caller may reuse its array."""
        if len(samples):
            self._pieces.append(np.array(samples, dtype=np.int16))
            self._waiting += len(samples)

    def take(self, count: int) -> Pcm16:
        """The next `count` samples, or all that there are."""
        taken: list[Pcm16] = []
        missing = count
        while missing > 0 and self._pieces:
            piece = self._pieces.popleft()
            if len(piece) > missing:
                self._pieces.appendleft(piece[missing:])
                piece = piece[:missing]
            taken.append(piece)
            missing -= len(piece)
        self._waiting -= count - missing
        return np.concatenate(taken) if taken else np.empty(0, dtype=np.int16)

    def clear(self) -> int:
        """Forgets everything; gives how many samples that were."""
        forgotten, self._waiting = self._waiting, 0
        self._pieces.clear()
        return forgotten
