"""Loudness after ITU-R BS.1770-4, the same for every voice, clause and prompt."""

import math
from functools import cache
from typing import Any

import numpy as np

from voice.audio.limiter import limit
from voice.audio.pcm import Samples, bounded

_BLOCK = 0.4
"""Seconds of a gating block in BS.1770."""

_SHORTEST = 0.05
"""Seconds; no syllable is shorter, and the filters need as long."""

_GAIN = 40.0
"""dB; what needs more is not speech but the noise of a line."""

_PUSH = 6.0
"""dB that may be added for what the limiter took; more would only bring up the noise."""

_NEAR = 0.2
"""LU from the target that are near enough."""


def warm() -> None:
    """Loads the meter, so that the first caller doesn't wait for it."""
    _meters()


@cache
def _meters() -> Any:
    """Most of scipy comes with it: a second and a half, which only those who speak need."""
    import pyloudnorm  # noqa: PLC0415

    return pyloudnorm.Meter


def loudness(samples: Samples, rate: int) -> float:
    """Integrated loudness in LUFS; −∞ for silence and for less than 50 ms.

    What is shorter than a gating block is measured as one block of its own length.
    """
    seconds = len(samples) / rate
    if seconds < _SHORTEST or not samples.any():
        return -math.inf
    block = min(_BLOCK, seconds * (1 - 1e-9))  # the meter wants more than one block
    with np.errstate(divide="ignore", invalid="ignore"):
        measured = float(_meters()(rate, block_size=block).integrated_loudness(samples))
    return measured if math.isfinite(measured) else -math.inf


def normalise(samples: Samples, rate: int, *, lufs: float = -19.0, peak: float = -1.5) -> Samples:
    """`samples` at `lufs` LUFS (±1 LU for speech), sample peaks at or below `peak` dBFS.

    Silence and clips under 50 ms keep their level, limited. No more than 40 dB are added, nor
    more than 6 dB for what the limiter takes away, so a click in silence stays below the target.
    """
    safe = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    measured = loudness(safe, rate)
    if measured == -math.inf:
        return limit(bounded(safe), rate, peak)
    first = min(lufs - measured, _GAIN)
    gain = first
    while True:
        levelled = limit((safe * 10 ** (gain / 20)).astype(np.float32), rate, peak)
        missing = lufs - loudness(levelled, rate)
        more = min(gain + missing, first + _PUSH, _GAIN)
        if missing <= _NEAR or more - gain <= _NEAR:
            return levelled
        gain = more
