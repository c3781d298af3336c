"""Resampling for live calls: a short filter, applied to every sample as it comes."""

import math

import numpy as np
import numpy.typing as npt

from voice.audio.pcm import Samples

_FLAT = 0.425
"""Of the lower rate: 3,400 Hz at 8 kHz, where the telephone band ends (ITU-T G.712)."""

_STOP = 0.525
"""Of the lower rate: from 4,200 Hz all is gone. What folds lands above the flat part."""

_ATTENUATION = 80.0
"""dB, as good as 13 bits."""

_FASTEST = 96_000
"""Hz between filling up and thinning out; beyond this, soxr does it with less work."""


def suits(rate: int, to: int) -> bool:
    """Whether the two rates are simple enough (8, 16, 24, 48 kHz are)."""
    return math.lcm(rate, to) <= _FASTEST


class QuickResampler:
    """A linear-phase low pass between zero-filling and thinning out; 3 ms behind at 8 kHz."""

    def __init__(self, rate: int, to: int) -> None:
        common = math.gcd(rate, to)
        self._up, self._down = to // common, rate // common
        self._filter = _low_pass(min(rate, to), rate * self._up) * self._up
        self._delay = len(self._filter) // 2
        self._clear()

    def _clear(self) -> None:
        self._line = np.zeros(self._delay)  # half a filter: output begins with the first sample
        self._position = 0

    def push(self, samples: Samples, last: bool = False) -> Samples:
        """All that these samples decide; `last` gives the rest, and the next push begins anew."""
        filled = np.zeros(len(samples) * self._up + (self._delay if last else 0))
        filled[: len(samples) * self._up : self._up] = samples
        self._line = np.concatenate([self._line, filled])
        ready = max(0, len(self._line) - 2 * self._delay)
        changed = self._thinned(ready)
        self._line = self._line[ready:]
        self._position += ready
        if last:
            self._clear()
        return changed

    def _thinned(self, ready: int) -> Samples:
        """Of the next `ready` filtered samples those that stay, and only they are computed."""
        first, step = -self._position % self._down, self._down
        count = -((first - ready) // step)
        changed = np.zeros(max(0, count))
        if len(changed):
            for phase in range(step):
                part = self._line[first + phase :: step]
                changed += np.correlate(part, self._filter[phase::step], mode="valid")[:count]
        return changed.astype(np.float32)


def _low_pass(lower: int, rate: int) -> npt.NDArray[np.float64]:
    """A sinc under Kaiser's window (odd length), after his formulas for order and shape."""
    width = (_STOP - _FLAT) * lower / rate
    half = math.ceil((_ATTENUATION - 7.95) / (14.36 * width) / 2)
    cutoff = (_STOP + _FLAT) * lower / rate  # of the Nyquist frequency
    taps = np.sinc(cutoff * np.arange(-half, half + 1))
    taps *= np.kaiser(2 * half + 1, 0.1102 * (_ATTENUATION - 8.7))
    unity: npt.NDArray[np.float64] = taps / taps.sum()
    return unity
