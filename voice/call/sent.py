"""What we said just now, sample by sample: an echo of it is to be told from the caller's voice."""

from collections import deque

import numpy as np

from voice.audio.pcm import Samples, from_int16
from voice.line.leg import Pcm16

_KEPT = 1.0
"""Seconds of what was sent that are kept."""


class Sent:
    """One leg's."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._pieces: deque[Pcm16] = deque()

    def given(self, samples: Pcm16) -> None:
        """Handed to `leg.play`."""
        self._pieces.append(samples)

    def flushed(self, seconds: float) -> None:
        """So much of the end was not sent."""
        whole = self._whole()
        self._set(whole[: max(0, len(whole) - round(seconds * self._rate))])

    def last(self, count: int, queued: float) -> Samples:
        """The `count` samples that went out last, when `queued` seconds still wait."""
        waiting = round(queued * self._rate)
        if waiting <= 0:
            self._pieces.clear()
            return np.zeros(count, np.float32)
        whole = self._whole()
        end = max(0, len(whole) - waiting)
        piece = whole[max(0, end - count) : end]
        self._set(whole[max(0, end - round(_KEPT * self._rate)) :])
        return np.pad(from_int16(piece), (count - len(piece), 0))

    def _whole(self) -> Pcm16:
        if len(self._pieces) == 1:
            return self._pieces[0]
        return np.concatenate(list(self._pieces)) if self._pieces else np.zeros(0, np.int16)

    def _set(self, whole: Pcm16) -> None:
        self._pieces = deque([whole])
