"""Sample rates, changed with an anti-aliasing filter: whole pieces and streams."""

import numpy as np
import soxr

from voice.audio.pcm import Samples
from voice.audio.quick_resampler import QuickResampler, suits


def resample(samples: Samples, rate: int, to: int) -> Samples:
    """A whole piece from `rate` to `to` Hz; n samples become about n · to / rate."""
    if rate == to or not len(samples):
        return samples
    changed: Samples = soxr.resample(np.ascontiguousarray(samples), rate, to, quality="HQ")
    return changed


class Resampler:
    """A stream from `rate` to `to` Hz, however it is cut; seamless where the pieces meet.

    soxr works in blocks, so its output lags: by 115 ms at 8 → 16 kHz, 73 ms at 24 → 8 kHz.
    That is nothing for a file, but delays every answer of a live call: `quick` lags 3 ms there,
    and keeps the band up to 0.425 of the lower rate (soxr: 0.456). It holds for rates with a
    small common multiple (8, 16, 24, 48 kHz); others go through soxr all the same.
    """

    def __init__(self, rate: int, to: int, *, quick: bool = False) -> None:
        self._stream: QuickResampler | _Soxr | None = None
        if rate != to:
            fast = quick and suits(rate, to)
            self._stream = QuickResampler(rate, to) if fast else _Soxr(rate, to)

    def push(self, samples: Samples, last: bool = False) -> Samples:
        """What can be told after these samples, perhaps nothing yet; `last` gives all the rest.

        After `last` the next push begins a new stream.
        """
        return samples if self._stream is None else self._stream.push(samples, last)


class _Soxr:
    def __init__(self, rate: int, to: int) -> None:
        self._stream = soxr.ResampleStream(rate, to, 1, dtype="float32", quality="HQ")

    def push(self, samples: Samples, last: bool) -> Samples:
        changed: Samples = self._stream.resample_chunk(np.ascontiguousarray(samples), last=last)
        if last:
            self._stream.clear()
        return changed
