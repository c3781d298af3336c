"""Noise under a voice, at a ratio that is exactly what it says."""

from collections.abc import Sequence

import numpy as np
from scipy.signal import lfilter

from voice.audio.pcm import Samples

Rng = np.random.Generator

_VOICES = 4
"""In a babble."""


def white(count: int, rng: Rng) -> Samples:
    """`count` samples with the same power at every frequency."""
    return rng.standard_normal(count).astype(np.float32)


def brown(count: int, rng: Rng) -> Samples:
    """`count` samples that fall by 6 dB an octave: an engine, a fan, the street."""
    return np.asarray(lfilter([1.0], [1.0, -0.98], rng.standard_normal(count)), np.float32)


def babble(count: int, rng: Rng, others: Sequence[Samples]) -> Samples:
    """`count` samples of four voices at once, each begun somewhere; `others` may be fewer."""
    chosen = rng.choice(len(others), min(_VOICES, len(others)), replace=False)
    total = np.zeros(count, np.float32)
    for place in chosen:
        voice = np.roll(others[place], int(rng.integers(len(others[place]))))
        total += np.resize(voice / (_rms(voice) + 1e-9), count)
    return total


def under(speech: Samples, noise: Samples, decibels: float) -> Samples:
    """`speech` with `noise`, as long, so many dB below it.

    Power of the speech is its mean from the first sample that isn't zero to the last, so that
    silence put around it changes nothing. Raises ValueError for another length.
    """
    if len(speech) != len(noise):
        raise ValueError(f"{len(noise)} samples of noise for {len(speech)} of speech")
    said = np.flatnonzero(speech)
    if not len(said):
        return speech
    level = _rms(speech[said[0] : said[-1] + 1]) / (_rms(noise) + 1e-12)
    return (speech + noise * np.float32(level * 10 ** (-decibels / 20))).astype(np.float32)


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
