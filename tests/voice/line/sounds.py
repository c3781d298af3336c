"""What is said in tests, and whether it was heard: cross-correlation."""

import numpy as np

from voice.line.leg import Pcm16

GOOD = 0.95
"""Likeness of what came through a telephone: G.711 and G.722 alone give 0.999."""


def babble(seconds: float, seed: int, rate: int = 8000) -> Pcm16:
    """Noise of the telephone band, 300 to 3,400 Hz; every seed sounds different."""
    count = round(seconds * rate)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / rate)
    spectrum[(frequency < 300) | (frequency > 3400)] = 0
    noise = np.fft.irfft(spectrum, count)
    whole: Pcm16 = (noise / np.abs(noise).max() * 16_000).astype(np.int16)
    return whole


def likeness(heard: Pcm16, said: Pcm16) -> float:
    """How well `said` is found somewhere in `heard`: 1 is exactly, 0 not at all."""
    if len(heard) < len(said):
        return 0.0
    x, y = heard.astype(float), said.astype(float)
    size = 1 << (len(x) + len(y)).bit_length()
    product = np.fft.rfft(x, size) * np.conj(np.fft.rfft(y, size))
    begin = int(np.argmax(np.fft.irfft(product, size)[: len(x) - len(y) + 1]))
    piece = x[begin : begin + len(y)]
    return float(piece @ y / max(np.linalg.norm(piece) * np.linalg.norm(y), 1e-9))


def level(samples: Pcm16) -> float:
    """Root mean square; full scale is 32,768."""
    return float(np.sqrt(np.mean(samples.astype(float) ** 2))) if len(samples) else 0.0
