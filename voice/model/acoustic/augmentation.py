"""What happens to a voice before it reaches the recogniser: age, room, noise and telephone line.

Samples are float32 in the range of 16-bit numbers at 16 kHz. Every function takes the random
generator, so that a run can be repeated.
"""

from collections.abc import Callable

import numpy as np
import soxr
from scipy.signal import fftconvolve, lfilter

from voice.audio import g711
from voice.model.acoustic.cepstra import RATE, Floats

Rng = np.random.Generator
Background = Callable[[], Floats]
"""Gives somebody else's speech, for babble and for a television set in the room."""


def augment(samples: Floats, rng: Rng, background: Background) -> Floats:
    """One hearing of `samples`: as another speaker, in another place, over another line."""
    x = soxr.resample(samples, RATE * rng.uniform(0.88, 1.14), RATE, quality="LQ")
    if rng.random() < 0.25:
        x = aged(x, rng)
    if rng.random() < 0.35:
        x = in_a_room(x, rng)
    if rng.random() < 0.75:
        x = with_noise(x, rng, background)
    level = float(np.sqrt(np.mean(x**2))) + 1
    quiet = [rng.standard_normal(int(rng.uniform(0.05, 0.5) * RATE)) * level * 0.003 for _ in "ab"]
    x = np.concatenate([quiet[0], x, quiet[1]]).astype(np.float32)
    if rng.random() < 0.65:
        return over_the_telephone(x, rng)
    return _to_level(x, rng.uniform(2_000, 25_000))


def aged(x: Floats, rng: Rng) -> Floats:
    """Tremor of 4–8 Hz in strength and pitch, and breath between the pulses of the voice."""
    time = np.arange(len(x)) / RATE
    rate, phase = rng.uniform(4, 8), rng.uniform(0, 2 * np.pi)
    wave = np.sin(2 * np.pi * rate * time + phase)
    trembling = x * (1 + rng.uniform(0.05, 0.3) * wave)
    # A pitch that swings by d semitones is a time axis that swings by d / (12 · 2π · rate) · ln 2.
    swing = rng.uniform(0.1, 0.5) * np.log(2) / 12 / (2 * np.pi * rate)
    bent = np.interp(time + swing * np.cos(2 * np.pi * rate * time + phase), time, trembling)
    breath = rng.standard_normal(len(x))
    breath = breath - np.concatenate([[0], breath[:-1]]) * 0.7
    envelope = lfilter([0.01], [1, -0.99], np.abs(bent))
    return np.asarray(bent + rng.uniform(0.05, 0.35) * envelope * breath, np.float32)


def in_a_room(x: Floats, rng: Rng) -> Floats:
    """A decaying tail of 50 to 400 ms, or the early echo of a hands-free telephone."""
    length = int(rng.uniform(0.05, 0.4) * RATE)
    tail = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail[0] = 0
    tail *= rng.uniform(0.1, 0.7) / np.sqrt(np.sum(tail**2))
    return np.asarray(x + fftconvolve(x, tail)[: len(x)], np.float32)


def with_noise(x: Floats, rng: Rng, background: Background) -> Floats:
    """White, brown, hum, babble or one voice in the background, at 0 to 28 dB below the speaker."""
    kind = rng.choice(["white", "brown", "hum", "babble", "voice"], p=[0.2, 0.25, 0.05, 0.3, 0.2])
    if kind == "white":
        noise = rng.standard_normal(len(x))
    elif kind == "brown":
        noise = lfilter([1.0], [1, -rng.uniform(0.9, 0.995)], rng.standard_normal(len(x)))
    elif kind == "hum":
        time = np.arange(len(x)) / RATE
        tones = (np.sin(2 * np.pi * 50 * k * time) / k for k in range(1, 12, 2))
        noise = np.sum(list(tones), 0) + 0.2 * rng.standard_normal(len(x))
    else:
        voices = 1 if kind == "voice" else int(rng.integers(3, 6))
        noise = np.sum([np.resize(background(), len(x)) for _ in range(voices)], 0)
    quietest, loudest = (10, 28) if kind == "voice" else (0, 28)
    ratio = 10 ** (-rng.uniform(quietest, loudest) / 20)
    level = np.sqrt(np.mean(x**2)) / (np.sqrt(np.mean(noise**2)) + 1e-6)
    return np.asarray(x + noise * level * ratio, np.float32)


def over_the_telephone(x: Floats, rng: Rng) -> Floats:
    """8 kHz, the band of a handset, A-law or mu-law, sometimes clipped or with lost packets."""
    narrow = soxr.resample(x, RATE, 8_000, quality="LQ")
    if rng.random() < 0.5:  # an old handset lets little through below 300 Hz
        narrow = lfilter([1, -1], [1, -rng.uniform(0.75, 0.97)], narrow)
    if rng.random() < 0.3:
        narrow = lfilter([1 - 0.3, 0], [1, -rng.uniform(0.0, 0.3)], narrow)
    loud = rng.uniform(3_000, 25_000) * (2.0 if rng.random() < 0.05 else 1.0)
    narrow = _to_level(narrow, loud)
    if rng.random() < 0.1:
        for start in rng.integers(0, max(1, len(narrow) - 160), rng.integers(1, 4)):
            narrow[start : start + 160] = 0  # a packet of 20 ms
    numbers = np.clip(narrow, -32_768, 32_767).astype(np.int16)
    if rng.random() < 0.8:
        numbers = g711.alaw_decode(g711.alaw_encode(numbers))
    else:
        numbers = g711.ulaw_decode(g711.ulaw_encode(numbers))
    heard = numbers.astype(np.float32)
    return np.asarray(soxr.resample(heard, 8_000, RATE, quality="LQ"), np.float32)


def _to_level(x: Floats, peak: float) -> Floats:
    scaled = x * (peak / max(1.0, float(np.abs(x).max())))
    return np.asarray(np.clip(scaled, -32_768, 32_767), np.float32)
