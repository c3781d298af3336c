"""What a telephone brings beside a voice, made from noise and filters at 8 kHz.

A cough has its three phases (Korpáš 1996): an explosion, a rush of air through the open glottis,
and mostly a short rough sound of the closing voice. Levels are dB below full scale.
"""

from collections.abc import Callable

import numpy as np
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

from voice.audio.g711 import alaw_decode, alaw_encode
from voice.audio.pcm import Samples, from_int16, to_int16

RATE = 8000

Rng = np.random.Generator
Maker = Callable[[Rng], Samples]


def over_the_line(sound: Samples) -> Samples:
    """As A-law brings it."""
    return from_int16(alaw_decode(alaw_encode(to_int16(sound))))


def at_level(sound: Samples, decibels: float) -> Samples:
    """`sound` with its loudest quarter of a second at `decibels`."""
    width = min(len(sound), RATE // 4)
    power = np.convolve(np.square(sound, dtype=np.float64), np.full(width, 1 / width), "valid")
    loudest = np.sqrt(power.max()) + 1e-9
    levelled: Samples = (sound * (10 ** (decibels / 20) / loudest)).astype(np.float32)
    return levelled


def quiet(seconds: float, rng: Rng, decibels: float = -62.0) -> Samples:
    """The noise of a line on which nobody speaks."""
    return at_level(rng.standard_normal(round(seconds * RATE)).astype(np.float32), decibels)


def _band(sound: Samples, low: float, high: float) -> Samples:
    sos = butter(2, [low, min(high, RATE * 0.49)], "bandpass", fs=RATE, output="sos")
    return np.asarray(sosfilt(sos, sound), np.float32)


def _noise(seconds: float, rng: Rng) -> Samples:
    return rng.standard_normal(round(seconds * RATE)).astype(np.float32)


def _throat(sound: Samples, rng: Rng, formants: tuple[float, ...]) -> Samples:
    """Resonances of a throat and mouth."""
    for formant in formants:
        hertz = formant * rng.uniform(0.9, 1.1)
        radius = np.exp(-np.pi * hertz * 0.12 / RATE)
        angle = 2 * np.pi * hertz / RATE
        sound = np.asarray(lfilter([1.0], [1, -2 * radius * np.cos(angle), radius**2], sound))
    return sound.astype(np.float32)


def _decay(length: int, seconds: float) -> Samples:
    return np.exp(-np.arange(length) / (seconds * RATE)).astype(np.float32)


def _one_cough(rng: Rng) -> Samples:
    burst = _noise(rng.uniform(0.03, 0.06), rng)
    burst = burst * _decay(len(burst), 0.02) * 3
    rush = _noise(rng.uniform(0.12, 0.28), rng)
    rush = rush * _decay(len(rush), rng.uniform(0.06, 0.12))
    parts = [burst, rush]
    if rng.random() < 0.7:
        length = rng.uniform(0.05, 0.12)
        pulses = np.zeros(round(length * RATE), np.float32)
        at = 0.0
        while at < len(pulses):
            pulses[int(at)] = rng.uniform(2, 7)
            at += RATE / (rng.uniform(150, 300) * rng.uniform(0.7, 1.3))
        parts.append(pulses * _decay(len(pulses), 0.05) + 0.4 * _noise(length, rng)[: len(pulses)])
    return _throat(np.concatenate(parts), rng, (600.0, 1400.0, 2600.0))


def cough(rng: Rng) -> Samples:
    """One to three coughs."""
    parts = []
    for _ in range(int(rng.integers(1, 4))):
        parts += [_one_cough(rng), np.zeros(round(rng.uniform(0.08, 0.3) * RATE), np.float32)]
    return at_level(np.concatenate(parts), rng.uniform(-26, -12))


def clearing(rng: Rng) -> Samples:
    """A throat that is cleared: rough low noise, half voiced."""
    seconds = rng.uniform(0.25, 0.5)
    noise = _noise(seconds, rng)
    rough = 1 + np.sign(np.sin(2 * np.pi * np.cumsum(rng.uniform(25, 60, len(noise))) / RATE))
    sound = _throat((noise * rough).astype(np.float32), rng, (350.0, 1000.0))
    return at_level(sound * np.hanning(len(sound)).astype(np.float32), rng.uniform(-30, -18))


def sneeze(rng: Rng) -> Samples:
    """A hiss that ends in a burst."""
    breath = _noise(rng.uniform(0.2, 0.4), rng)
    breath = breath * np.linspace(0, 0.3, len(breath), dtype=np.float32)
    burst = _noise(rng.uniform(0.15, 0.3), rng)
    burst = burst * _decay(len(burst), 0.08) * 3
    return at_level(_band(np.concatenate([breath, burst]), 800, 3600), rng.uniform(-25, -12))


def sigh(rng: Rng) -> Samples:
    """A long breath into the telephone."""
    breath = _noise(rng.uniform(0.6, 1.4), rng)
    shape = np.hanning(len(breath)).astype(np.float32)
    return at_level(_band(breath * shape, 250, 1800), rng.uniform(-38, -24))


def door(rng: Rng) -> Samples:
    """A latch, a slam, and the room after it."""
    latch = _band(_noise(0.02, rng), 1500, 3500) * 0.7
    slam = _noise(rng.uniform(0.2, 0.4), rng)
    slam = _band(slam * _decay(len(slam), 0.05), 60, 500) * 4
    sound = np.concatenate([latch, np.zeros(round(rng.uniform(0.02, 0.1) * RATE)), slam])
    return at_level(_room(sound.astype(np.float32), rng, 0.35), rng.uniform(-26, -10))


def knocks(rng: Rng) -> Samples:
    """Somebody knocks, or a cup is put down, several times."""
    parts: list[Samples] = []
    for _ in range(int(rng.integers(2, 6))):
        hit = _noise(0.12, rng)
        hit = _band(hit * _decay(len(hit), 0.012), rng.uniform(150, 500), rng.uniform(900, 3000))
        parts += [hit, np.zeros(round(rng.uniform(0.08, 0.25) * RATE), np.float32)]
    return at_level(np.concatenate(parts), rng.uniform(-28, -14))


def hum(rng: Rng) -> Samples:
    """The mains in a bad telephone: 50 Hz and its overtones."""
    time = np.arange(round(2.5 * RATE)) / RATE
    tones = [np.sin(2 * np.pi * 50 * k * time + rng.uniform(0, 6)) / k for k in range(1, 16, 2)]
    sound = np.sum(tones, 0) + 0.1 * rng.standard_normal(len(time))
    return at_level(sound.astype(np.float32), rng.uniform(-40, -24))


def kettle(rng: Rng) -> Samples:
    """Water that boils, or an extractor hood."""
    return at_level(_band(_noise(2.5, rng), 300, 3000), rng.uniform(-40, -26))


def ringing(rng: Rng) -> Samples:
    """Another telephone or a doorbell: two tones by turns."""
    time = np.arange(round(2.0 * RATE)) / RATE
    high = (np.sin(2 * np.pi * 16 * time) > 0).astype(np.float64)
    pitch = rng.uniform(600, 1200) * (1 + 0.25 * high)
    sound = np.sin(2 * np.pi * np.cumsum(pitch) / RATE)
    return at_level(sound.astype(np.float32), rng.uniform(-34, -20))


def key(rng: Rng) -> Samples:
    """A key of the caller's telephone that is heard as its two tones."""
    low, high = rng.choice([697, 770, 852, 941]), rng.choice([1209, 1336, 1477])
    time = np.arange(round(rng.uniform(0.1, 0.4) * RATE)) / RATE
    sound = np.sin(2 * np.pi * low * time) + np.sin(2 * np.pi * high * time)
    return at_level(sound.astype(np.float32), rng.uniform(-20, -10))


def crackle(rng: Rng) -> Samples:
    """A loose contact."""
    sound = np.zeros(round(1.5 * RATE), np.float32)
    for at in rng.integers(0, len(sound) - 40, 30):
        sound[at : at + 40] += rng.standard_normal(40).astype(np.float32)
    return at_level(sound, rng.uniform(-30, -16))


def _room(sound: Samples, rng: Rng, seconds: float, wet: float = 0.5) -> Samples:
    length = round(seconds * RATE)
    tail = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= wet / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    return np.asarray(fftconvolve(sound, tail)[: len(sound) + length // 2], np.float32)


def in_the_room(sound: Samples, rng: Rng, decibels: float) -> Samples:
    """A television across the room: muffled, echoing, `decibels` loud at the telephone."""
    return at_level(_room(_band(sound, 200, 2800), rng, 0.4, wet=0.9), decibels)


def echo(ours: Samples, rng: Rng, decibels: float, delay: float) -> Samples:
    """Our own voice as it comes back: later, weaker by `decibels` (negative), a little coloured."""
    path = rng.standard_normal(round(0.006 * RATE)) * 0.25
    path *= np.exp(-np.arange(len(path)) / (0.002 * RATE))
    path[0] = 1.0
    back = fftconvolve(ours, path)[: len(ours)] * 10 ** (decibels / 20)
    late = np.concatenate([np.zeros(round(delay * RATE)), back])[: len(ours)]
    return late.astype(np.float32)


NOISES: dict[str, Maker] = {
    "cough": cough,
    "throat": clearing,
    "sneeze": sneeze,
    "sigh": sigh,
    "door": door,
    "knock": knocks,
    "hum": hum,
    "kettle": kettle,
    "ringing": ringing,
    "key": key,
    "crackle": crackle,
}
"""Everything that must not stop our voice, and comes without a voice."""


def old(voice: Samples, rng: Rng) -> Samples:
    """Tremor of 4-8 Hz in strength and pitch, and breath between the pulses of the voice."""
    time = np.arange(len(voice)) / RATE
    hertz, phase = rng.uniform(4, 8), rng.uniform(0, 6)
    wave = np.sin(2 * np.pi * hertz * time + phase)
    # A pitch that swings by d semitones is a time axis that swings by d ln 2 / (12 · 2π · hertz).
    swing = rng.uniform(0.1, 0.5) * np.log(2) / 12 / (2 * np.pi * hertz)
    bent = np.interp(time + swing * wave, time, voice * (1 + rng.uniform(0.1, 0.3) * wave))
    breath = np.diff(rng.standard_normal(len(voice)), prepend=0.0)
    envelope = lfilter([0.01], [1, -0.99], np.abs(bent))
    return at_level((bent + rng.uniform(0.1, 0.35) * envelope * breath).astype(np.float32), -24)
