"""A look-ahead limiter: peaks are turned down before they come, smoothly, never cut."""

import numpy as np
import numpy.typing as npt

from voice.audio.pcm import Samples

Curve = npt.NDArray[np.float64]

_AHEAD = 0.005
"""Seconds of look-ahead: the gain takes as long to fall, so that the fall is no click."""

_RELEASE = 0.06
"""Seconds until a reduction has decayed to 37 %: longer than a period of a deep voice (12 ms),
or the gain would follow the wave and distort it."""

_INAUDIBLE = 1e-5
"""A reduction below this counts as none (−100 dB), so that quiet stretches pass untouched."""


class Limiter:
    """Holds a stream at or below `peak` dBFS; how it is cut makes no difference.

    Reductions (1 − gain) are held over the look-ahead window, then decay; a Hann window as long
    smooths them. Every value under that window covers the peak, so their mean covers it, too:
    sample peaks never exceed the ceiling.
    """

    def __init__(self, rate: int, peak: float) -> None:
        self._ceiling = 10 ** (peak / 20)
        self._ahead = max(1, round(rate * _AHEAD))
        window = np.hanning(self._ahead + 3)[1:-1]
        self._window: Curve = window / window.sum()
        self._fall = 1 / (rate * _RELEASE)
        self._clear()

    def _clear(self) -> None:
        self._sound = np.zeros(self._ahead, dtype=np.float32)
        self._needed: Curve = np.zeros(self._ahead)
        self._decaying: Curve = np.zeros(self._ahead)
        self._skip = self._ahead  # the zeros that the delay begins with are not sound

    def push(self, samples: Samples, last: bool = False) -> Samples:
        """What is ready, 5 ms behind; `last` gives the rest, and the next push begins anew."""
        if last:
            samples = np.concatenate([samples, np.zeros(self._ahead, dtype=np.float32)])
        sound = np.concatenate([self._sound, samples])
        limited = self._turned_down(sound, len(samples))
        dropped = min(self._skip, len(limited))
        self._skip -= dropped
        self._sound = sound[len(samples) :]
        if last:
            self._clear()
        return limited[dropped:]

    def _turned_down(self, sound: Samples, count: int) -> Samples:
        """The first `count` samples of `sound`, which reaches the look-ahead further."""
        if not count:
            return sound[:0]
        reductions = self._reductions(sound[self._ahead :])
        limited = (sound[:count] * (1 - reductions)).astype(np.float32)
        return np.clip(limited, -self._ceiling, self._ceiling)  # rounding, nothing more

    def _reductions(self, coming: Samples) -> Curve:
        loudness = np.maximum(np.abs(coming.astype(np.float64)), self._ceiling)
        needed = np.concatenate([self._needed, 1 - self._ceiling / loudness])
        self._needed = needed[len(coming) :]
        held = _highest(needed, self._ahead + 1)
        decaying = np.concatenate([self._decaying, self._released(held)])
        self._decaying = decaying[len(coming) :]
        if not decaying.any():
            return np.zeros(len(coming))
        return np.convolve(decaying, self._window, mode="valid")

    def _released(self, held: Curve) -> Curve:
        """e[n] = max(held[n], e[n−1] · decay), as a running maximum of logarithms."""
        before = self._decaying[-1]
        if not before and not held.any():
            return held
        with np.errstate(divide="ignore"):  # log 0 = −∞: no reduction
            logs = np.log(np.concatenate([[before], held]))
        fall = self._fall * np.arange(len(logs))
        released: Curve = np.exp(np.maximum.accumulate(logs + fall) - fall)[1:]
        released[released < _INAUDIBLE] = 0
        return released


def _highest(values: Curve, width: int) -> Curve:
    """The maximum of each stretch of `width` values, by doubling: log₂(width) passes."""
    reach = 1
    while reach < width:
        step = min(reach, width - reach)
        values = np.maximum(values[:-step], values[step:])
        reach += step
    return values


def limit(samples: Samples, rate: int, peak: float) -> Samples:
    """A whole piece held at or below `peak` dBFS, as long as it was."""
    return Limiter(rate, peak).push(samples, last=True)
