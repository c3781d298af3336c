"""Mono samples and their rate: what every other part of speech exchanges."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Mono, full scale at ±1."""

_FULL = 32768
"""Full scale of 16 bits; dividing and multiplying by it brings every int16 back exactly."""


@dataclass(frozen=True, eq=False)
class Pcm:
    """A piece of mono sound."""

    samples: Samples
    """Shape (n,), each in [−1, 1]."""
    rate: int
    """Hz"""

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.float32:
            shape, kind = self.samples.shape, self.samples.dtype
            raise ValueError(f"expected mono float32 samples of shape (n,), got {kind} {shape}")
        if self.rate <= 0:
            raise ValueError(f"expected a rate above 0 Hz, got {self.rate}")

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


def to_int16(samples: Samples) -> npt.NDArray[np.int16]:
    """Rounded to 16 bits; what is louder than full scale is cut off there, NaN becomes 0."""
    scaled = np.rint(samples * np.float32(_FULL))
    scaled[np.isnan(scaled)] = 0
    np.clip(scaled, -_FULL, _FULL - 1, out=scaled)
    whole: npt.NDArray[np.int16] = scaled.astype(np.int16)
    return whole


def from_int16(samples: npt.NDArray[np.int16]) -> Samples:
    """16-bit samples as floats in [−1, 1)."""
    return samples.astype(np.float32) / np.float32(_FULL)


def bounded(samples: Samples) -> Samples:
    """What a file or a filter may give, within [−1, 1]; NaN and infinities become silence."""
    finite = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
    return np.clip(finite, -1.0, 1.0)


def mono(frames: Samples) -> Samples:
    """The mean of the channels of `frames`, shape (n, channels), within [−1, 1]."""
    safe = bounded(frames)
    return safe[:, 0] if safe.shape[1] == 1 else safe.mean(axis=1, dtype=np.float32)
