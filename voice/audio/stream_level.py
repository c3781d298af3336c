"""Loudness of a stream whose end is not known: measured as it comes, corrected gently."""

import math
from collections import deque

import numpy as np
import numpy.typing as npt
import pyloudnorm
from scipy.signal import lfilter

from voice.audio.limiter import Limiter
from voice.audio.pcm import Samples, bounded

_STEP = 0.1
"""Seconds: gating blocks of BS.1770 (0.4 s) overlap by three quarters."""

_MEMORY = 300
"""Steps (30 s) that are remembered."""

_SLOPE = 6.0
"""dB a second that the gain may move once something has been heard."""

_GAIN = 40.0
"""dB up or down at most."""


class StreamLevel:
    """Brings a stream towards `lufs` LUFS, peaks at or below `peak` dBFS.

    The first chunk with sound sets the gain at once, so it should hold a clause (0.5 s or more);
    or `start` gives a gain in dB that is known from the same voice. From there the gain follows
    the loudness of the last 30 s at 6 dB a second.
    """

    def __init__(
        self, rate: int, *, lufs: float = -19.0, peak: float = -1.5, start: float | None = None
    ) -> None:
        self._rate, self._lufs = rate, lufs
        self._gain = start
        self._heard = _Heard(rate)
        self._limiter = Limiter(rate, peak)

    def push(self, samples: Samples, last: bool = False) -> Samples:
        """What is ready (5 ms behind the input); `last` gives the rest."""
        safe = bounded(samples)
        louder = (safe * 10 ** (self._gains(safe) / 20)).astype(np.float32)
        return self._limiter.push(louder, last)

    def _gains(self, samples: Samples) -> npt.NDArray[np.float64]:
        """dB for each sample."""
        measured = self._heard.push(samples)
        if measured == -math.inf:
            return np.full(len(samples), self._gain or 0.0)
        wanted = float(np.clip(self._lufs - measured, -_GAIN, _GAIN))
        if self._gain is None:
            self._gain = wanted
        begin = self._gain
        moved = np.arange(1, len(samples) + 1) * (_SLOPE / self._rate)
        moved = np.minimum(moved, abs(wanted - begin))
        gains: npt.NDArray[np.float64] = begin + math.copysign(1.0, wanted - begin) * moved
        if len(gains):
            self._gain = float(gains[-1])
        return gains


class _Heard:
    """Gated loudness of the last 30 s, updated by each chunk."""

    def __init__(self, rate: int) -> None:
        # The two filters of BS.1770, with the values that pyloudnorm's meter gives them.
        shelf = pyloudnorm.IIRfilter(4.0, 1 / math.sqrt(2), 1500.0, rate, "high_shelf")
        highpass = pyloudnorm.IIRfilter(0.0, 0.5, 38.0, rate, "high_pass")
        self._filters = [(each.b, each.a) for each in (shelf, highpass)]
        self._states = [np.zeros(len(a) - 1) for _, a in self._filters]
        self._size = round(rate * _STEP)
        self._rest = np.zeros(0)
        self._energies: deque[float] = deque(maxlen=_MEMORY)

    def push(self, samples: Samples) -> float:
        """LUFS; −∞ as long as nothing but silence came."""
        weighted = samples.astype(np.float64)
        for index, (b, a) in enumerate(self._filters):
            weighted, self._states[index] = lfilter(b, a, weighted, zi=self._states[index])
        weighted = np.concatenate([self._rest, weighted])
        whole = len(weighted) // self._size * self._size
        steps = weighted[:whole].reshape(-1, self._size)
        self._energies.extend(np.mean(np.square(steps), axis=1))
        self._rest = weighted[whole:]
        return self._gated()

    def _gated(self) -> float:
        steps = np.array(self._energies)
        if not len(steps):
            return -math.inf
        width = min(4, len(steps))
        blocks = np.convolve(steps, np.full(width, 1 / width), mode="valid")
        blocks = blocks[blocks > _energy(-70.0)]
        if not len(blocks):
            return -math.inf
        blocks = blocks[blocks > blocks.mean() * 0.1]  # 10 LU below the mean
        return -0.691 + 10 * math.log10(float(blocks.mean()))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
