"""Lays what a leg heard and what it played beside each other on one axis of time."""

import numpy as np
import numpy.typing as npt

Pcm16 = npt.NDArray[np.int16]
"""Mono sound, shape (n,)."""

_GAP = 0.5
"""Seconds without sound until silence is put in; less is jitter, which catches up by itself."""


class Tape:
    """Two tracks of equal length. The sound that comes in drives both, as it drives the line."""

    def __init__(self, rate: int, start: float) -> None:
        """`rate` in Hz; `start` and every `now` are seconds of one monotonic clock."""
        self._rate, self._start = rate, start
        self._laid = 0
        self._queued = _none()
        self._heard: list[Pcm16] = []
        self._played: list[Pcm16] = []
        self._ready = 0

    def heard(self, samples: Pcm16, now: float) -> None:
        """A frame that has just come in."""
        _check(samples)
        self._fill(now - len(samples) / self._rate, _GAP)
        self._lay(samples.copy())

    def played(self, samples: Pcm16, now: float) -> None:
        """Given to the leg to be said after all that is queued already."""
        _check(samples)
        self._fill(now, _GAP)
        self._queued = np.concatenate([self._queued, samples])

    def flushed(self, now: float) -> None:
        """The leg was told to stop: what is queued won't be heard."""
        self._fill(now, _GAP)
        self._queued = _none()

    def end(self, now: float) -> None:
        """Silence up to the end where nothing came in."""
        self._fill(now, 0.0)

    def take(self, seconds: float = 0.0) -> tuple[Pcm16, Pcm16] | None:
        """What was laid since the last time, heard and played; None for less than `seconds`."""
        if not self._ready or self._ready < seconds * self._rate:
            return None
        pair = np.concatenate(self._heard), np.concatenate(self._played)
        self._heard, self._played, self._ready = [], [], 0
        return pair

    def _fill(self, until: float, gap: float) -> None:
        missing = round((until - self._start) * self._rate) - self._laid
        if missing > gap * self._rate:
            self._lay(np.zeros(missing, np.int16))

    def _lay(self, heard: Pcm16) -> None:
        count = len(heard)
        played, self._queued = self._queued[:count], self._queued[count:]
        self._heard.append(heard)
        self._played.append(np.pad(played, (0, count - len(played))))
        self._laid += count
        self._ready += count


def _none() -> Pcm16:
    return np.zeros(0, np.int16)


def _check(samples: Pcm16) -> None:
    if samples.ndim != 1 or samples.dtype != np.int16:
        shape, kind = samples.shape, samples.dtype
        raise ValueError(f"expected int16 samples of shape (n,), got {kind} {shape}")
