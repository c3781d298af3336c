"""What was heard beside what was said: cross-correlation, piece by piece."""

import asyncio
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Pcm16 = npt.NDArray[np.int16]

_PIECE = 2_000
"""Samples, at 8 kHz a quarter of a second: a jitter buffer that adapts moves pieces, not all."""


def babble(seconds: float, seed: int, rate: int = 8_000) -> Pcm16:
    """Noise of the telephone band (300-3,400 Hz) in syllables; every seed sounds different."""
    random = np.random.default_rng(seed)
    count = round(seconds * rate)
    spectrum = np.fft.rfft(random.standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / rate)
    spectrum[(frequency < 300) | (frequency > 3_400)] = 0
    noise = np.fft.irfft(spectrum, count)
    syllables = 0.7 + 0.3 * np.sin(2 * np.pi * (3 + random.random()) * np.arange(count) / rate)
    loud = noise * syllables
    whole: Pcm16 = np.asarray(loud / np.abs(loud).max() * 20_000, np.int16)
    return whole


def likeness(heard: Pcm16, said: Pcm16) -> float:
    """How much of `said` is in `heard`: the mean of its pieces' best correlations.

    1 for all of it, about 0.1 for something else, 0 for silence.
    """
    if len(heard) < _PIECE:
        return 0.0
    x = heard.astype(np.float64)
    size = 1 << (len(x) + _PIECE).bit_length()
    spectrum = np.fft.rfft(x, size)
    energy = np.cumsum(np.concatenate([[0.0], x**2]))
    loudness = np.sqrt(np.maximum(energy[_PIECE:] - energy[:-_PIECE], 1e6))
    best = []
    for start in range(0, len(said) - _PIECE + 1, _PIECE):
        y = said[start : start + _PIECE].astype(np.float64)
        like = np.fft.irfft(spectrum * np.conj(np.fft.rfft(y, size)), size)[: len(loudness)]
        best.append(np.max(like / loudness) / np.linalg.norm(y))
    return float(np.mean(best))


async def comes(hear: Callable[[], Pcm16], said: Pcm16, least: float = 0.8) -> bool:
    """Whether `said` is heard within ten seconds, as well as that; returns as soon as it is."""
    clock = asyncio.get_running_loop().time
    until, heard, best = clock() + 10, hear(), 0.0
    while clock() < until:
        if len(heard) >= len(said):
            # Beside the event loop, which has sound to carry.
            best = await asyncio.to_thread(likeness, heard, said)
            if best >= least:
                return True
        await asyncio.sleep(0.15)
        heard = hear()
    print(f"heard only {best:.3f} of {least}")  # told where the test fails
    return False


def level(samples: Pcm16) -> float:
    """Root mean square, of a full scale of 32,768; 0 for nothing."""
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) if len(samples) else 0.0
