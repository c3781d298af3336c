"""Tones that a caller knows: 450 Hz, as China's exchanges sound (GB/T 3380)."""

import numpy as np

from voice.line.leg import Pcm16

_PITCH = 450.0
"""Hz"""

_LEVEL = 10 ** (-13 / 20) * 32_768
"""Peak: 10 dB under the loudest sine that a telephone carries."""

_EDGE = 0.005
"""Seconds in which a tone comes and goes, so that it doesn't click."""

_BELL = (523.25, 659.25)
"""Hz: two soft notes, a third apart, unlike anything that an exchange says."""


def ringback(rate: int) -> Pcm16:
    """The other telephone rings: 1 s of tone, 4 s of silence."""
    return _period([(_tone(_PITCH, 1.0, rate), 4.0)], rate)


def busy(rate: int) -> Pcm16:
    """The other telephone is busy: 0.35 s of tone, 0.35 s of silence."""
    return _period([(_tone(_PITCH, 0.35, rate), 0.35)], rate)


def hold(rate: int) -> Pcm16:
    """Somebody is being fetched: two soft notes every four seconds, so that nobody hangs up."""
    notes = [_fading(_tone(pitch, 0.6, rate), rate) for pitch in _BELL]
    return _period([(notes[0], 0.0), (notes[1], 2.8)], rate)


def _tone(pitch: float, seconds: float, rate: int) -> Pcm16:
    time = np.arange(round(seconds * rate)) / rate
    edge = np.clip(np.minimum(time, seconds - time) / _EDGE, 0.0, 1.0)
    samples: Pcm16 = np.rint(np.sin(2 * np.pi * pitch * time) * edge * _LEVEL).astype(np.int16)
    return samples


def _fading(samples: Pcm16, rate: int) -> Pcm16:
    faded: Pcm16 = (samples * np.exp(-np.arange(len(samples)) / (0.25 * rate))).astype(np.int16)
    return faded


def _period(parts: list[tuple[Pcm16, float]], rate: int) -> Pcm16:
    """One period, to be played again and again; each part and the silence after it."""
    return np.concatenate(
        [
            piece
            for sound, silence in parts
            for piece in (sound, np.zeros(round(silence * rate), np.int16))
        ]
    )
