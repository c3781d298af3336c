"""Kaldi's MFCC in numpy, with a warp of the frequency axis for other vocal tracts.

The same numbers as Kaldi's `--num-mel-bins=40 --num-ceps=40 --low-freq=20 --high-freq=7600
--use-energy=false` without dither, which is what the base model was trained on.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.fft import dct, idct, rfft

Floats = npt.NDArray[np.float32]

RATE = 16_000
SHIFT = 160
"""Samples from one frame to the next."""
_LENGTH, _FFT, _BINS = 400, 512, 40
_LOW, _HIGH, _LIFTER = 20.0, 7600.0, 22.0
_WARP_LOW, _WARP_HIGH = 100.0, 7100.0
"""Outside of these the warp runs to the ends of the band (Kaldi's VTLN, `mel-computations.cc`)."""


def cepstra(samples: Floats, warp: float = 1.0, shift: int = SHIFT) -> Floats:
    """[frames, 40] of samples in the range of 16-bit numbers at 16 kHz.

    `warp` below 1 makes the vocal tract longer (a deeper voice), above 1 shorter. `shift` samples
    lie between two frames: fewer make slower speech of the same pitch, more make faster.
    """
    return to_cepstra(log_mel(samples, warp, shift))


def log_mel(samples: Floats, warp: float = 1.0, shift: int = SHIFT) -> Floats:
    """[frames, 40] natural logarithms of mel energies."""
    count = 1 + (len(samples) - _LENGTH) // shift
    if count < 1:
        return np.zeros((0, _BINS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, _LENGTH)[::shift][:count]
    frames = frames - frames.mean(1, keepdims=True)
    emphasised = frames - 0.97 * np.concatenate([frames[:, :1], frames[:, :-1]], 1)
    spectrum = rfft(emphasised * _window(), _FFT, axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    energies = power @ _mel_bank(round(warp, 3)).T
    return np.asarray(np.log(np.maximum(energies, np.finfo(np.float32).eps)), np.float32)


def to_cepstra(mel: Floats) -> Floats:
    """[frames, 40] mel logarithms → [frames, 40] liftered cepstra."""
    return np.asarray(dct(mel, type=2, norm="ortho", axis=1) * _lifter(), np.float32)


def to_mel(values: Floats) -> Floats:
    """The way back; nothing is lost, since there are as many cepstra as bins."""
    return np.asarray(idct(values / _lifter(), type=2, norm="ortho", axis=1), np.float32)


@lru_cache(maxsize=1)
def _window() -> Floats:
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_LENGTH) / (_LENGTH - 1))
    return np.asarray(hann**0.85, np.float32)  # Kaldi's "povey" window


@lru_cache(maxsize=1)
def _lifter() -> Floats:
    return np.asarray(1 + 0.5 * _LIFTER * np.sin(np.pi * np.arange(_BINS) / _LIFTER), np.float32)


@lru_cache(maxsize=64)
def _mel_bank(warp: float) -> Floats:
    """[40, 257] triangles."""
    edges = np.linspace(_mel(np.array(_LOW)), _mel(np.array(_HIGH)), _BINS + 2)
    if warp != 1.0:
        edges = _mel(_warped(_hertz(edges), warp))
    bins = _mel(np.arange(_FFT // 2) * RATE / _FFT)
    bank = np.zeros((_BINS, _FFT // 2 + 1))
    for row, (left, centre, right) in enumerate(
        zip(edges[:-2], edges[1:-1], edges[2:], strict=True)
    ):
        rising, falling = (bins - left) / (centre - left), (right - bins) / (right - centre)
        inside = (bins > left) & (bins < right)
        bank[row, :-1] = np.where(inside, np.minimum(rising, falling), 0)
    return bank.astype(np.float32)


def _warped(hertz: npt.NDArray[np.float64], warp: float) -> npt.NDArray[np.float64]:
    """Piecewise linear: by 1/warp in the middle, tied to the ends of the band."""
    low = _WARP_LOW * max(1.0, warp)
    high = _WARP_HIGH * min(1.0, warp)
    scale = 1 / warp
    points = [_LOW, low, high, _HIGH]
    return np.interp(hertz, points, [_LOW, low * scale, high * scale, _HIGH])


def _mel(hertz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1127.0 * np.log(1 + hertz / 700)


def _hertz(mel: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 700 * (np.exp(mel / 1127.0) - 1)
