"""The last step of a stream: the caller's volume and the line's sample rate, without a seam."""

import numpy as np

from voice.audio.limiter import Limiter
from voice.audio.pcm import Samples
from voice.audio.resampling import Resampler
from voice.synthesis.level import PEAK


class Finish:
    """For one text."""

    def __init__(self, volume: float, rate: int, to: int) -> None:
        """`volume` in dB, from `rate` to `to` Hz."""
        self._gain = np.float32(10 ** (volume / 20))
        # Resampling makes new peaks, so the limiter comes after it.
        self._limiter = Limiter(to, PEAK)
        self._resampler = Resampler(rate, to)

    def push(self, samples: Samples, last: bool = False) -> Samples:
        """What is ready."""
        return self._limiter.push(self._resampler.push(samples * self._gain, last), last)

    def end(self) -> Samples:
        """The rest."""
        return self.push(np.zeros(0, np.float32), last=True)
