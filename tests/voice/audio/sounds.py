"""Sounds and files that the tests of audio share."""

import subprocess
from pathlib import Path

import numpy as np
import soundfile

from voice.audio.pcm import Samples

AMR_NB = (b"#!AMR\n", 0x3C, 31)
"""Mark, frame header of 12.2 kbit/s (RFC 4867, 5.3) and octets that follow it."""

AMR_WB = (b"#!AMR-WB\n", 0x44, 60)
"""The same of wide band at 23.85 kbit/s."""


def tone(seconds: float, rate: int, hertz: float = 440.0, level: float = 0.3) -> Samples:
    """A sine."""
    time = np.arange(round(seconds * rate)) / rate
    wave: Samples = (level * np.sin(2 * np.pi * hertz * time)).astype(np.float32)
    return wave


def babble(seconds: float, rate: int, level: float = 0.1) -> Samples:
    """Noise in syllables, four a second, with pauses: a crest like that of speech."""
    noise = np.random.default_rng(12349).standard_normal(round(seconds * rate))
    time = np.arange(len(noise)) / rate
    shape = np.maximum(np.sin(2 * np.pi * 4 * time), 0) * (np.sin(2 * np.pi * 0.5 * time) > -0.8)
    spoken: Samples = (level * noise * shape).astype(np.float32)
    return spoken


def strength(samples: Samples, rate: int, hertz: float) -> float:
    """The amplitude of one frequency, away from the ends."""
    middle = samples[len(samples) // 4 : 3 * len(samples) // 4].astype(np.float64)
    window = np.hanning(len(middle))
    turning = np.exp(-2j * np.pi * hertz * np.arange(len(middle)) / rate)
    return float(2 * abs(np.sum(middle * window * turning)) / window.sum())


def amr(kind: tuple[bytes, int, int], frames: int) -> bytes:
    """A file of 20 ms frames with any bits: AMR hears something in all of them."""
    mark, header, octets = kind
    bits = np.random.default_rng(1)
    return mark + b"".join(bytes([header]) + bits.bytes(octets) for _ in range(frames))


def converted(source: Path, name: str, *options: str) -> Path:
    """`source` as ffmpeg writes it to `name` beside it."""
    target = source.parent / name
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(source), *options, str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def wav(path: Path, samples: Samples, rate: int, subtype: str = "PCM_16") -> Path:
    """Writes samples (n,) or (n, channels)."""
    soundfile.write(path, samples, rate, subtype=subtype, format="WAV")
    return path
