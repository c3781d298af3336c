"""The ends of a piece of speech: silence cut off, and no step where two pieces meet."""

import numpy as np

from voice.audio.pcm import Samples

_FRAME = 0.005
"""Seconds over which energy is measured."""
_BELOW_PEAK = 10 ** (-42 / 20)
"""Speech is what is louder than this share of the loudest frame; a final breath is under it."""
_BEFORE, _AFTER = 0.03, 0.06
"""Seconds kept around speech: a soft initial and the end of a nasal are quieter than the limit."""
_FADE = 0.008


def trim(samples: Samples, rate: int) -> Samples:
    """Speech without the silence around it, faded in and out; empty if there is none."""
    step = int(_FRAME * rate)
    count = len(samples) // step
    if count < 3:
        return np.zeros(0, np.float32)
    energy = np.sqrt((samples[: count * step].reshape(count, step) ** 2).mean(axis=1))
    loud = np.flatnonzero(energy > max(float(energy.max()) * _BELOW_PEAK, 1e-4))
    if not len(loud):
        return np.zeros(0, np.float32)
    start = max(0, int(loud[0]) * step - int(_BEFORE * rate))
    end = min(len(samples), (int(loud[-1]) + 1) * step + int(_AFTER * rate))
    return fade(samples[start:end], rate)


def fade(samples: Samples, rate: int) -> Samples:
    """A copy that begins and ends at zero, by a raised cosine of eight milliseconds."""
    length = min(int(_FADE * rate), len(samples) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(1, length))).astype(np.float32)
    faded = samples.astype(np.float32, copy=True)
    faded[:length] *= ramp
    faded[len(faded) - length :] *= ramp[::-1]
    return faded


def silence(seconds: float, rate: int) -> Samples:
    """So many seconds of nothing."""
    return np.zeros(round(seconds * rate), np.float32)
