"""How much a sound repeats itself, as the vowels of a voice do and a cough or a door don't."""

import numpy as np

from voice.audio.pcm import Samples

LOWEST, HIGHEST = 70.0, 400.0
"""Hz of voices: a deep old man's to a high woman's."""

_SPAN = 0.064
"""Seconds that are compared with themselves: more than four turns of the lowest pitch."""


class Periodicity:
    """Of one call's sound, which comes window by window."""

    def __init__(self, rate: int) -> None:
        self._span = round(_SPAN * rate)
        self._line = np.zeros(self._span, np.float32)
        self._lags = slice(round(rate / HIGHEST), round(rate / LOWEST) + 1)
        self._length = 1 << (2 * self._span - 1).bit_length()
        left = np.arange(self._span, 0, -1)
        self._fade = self._span / left
        """At a lag fewer samples overlap; this makes up for it."""

    def push(self, window: Samples) -> float:
        """0–1 for this window and the one before it: the highest normalised autocorrelation
        among the lags of a voice (Boersma 1993 without his window)."""
        self._line = np.concatenate([self._line, window])[-self._span :]
        sound = self._line - self._line.mean()
        power = np.abs(np.fft.rfft(sound, self._length)) ** 2
        like = np.fft.irfft(power)[: self._span]
        if like[0] <= 1e-9:
            return 0.0
        found = (like * self._fade / like[0])[self._lags]
        return float(np.clip(found.max(), 0.0, 1.0))
