"""One side of a telephone's call, frame by frame, with the moment when each frame was there."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.calls.spans import Spans

FRAME = 0.02
"""Seconds"""
LOUD = 120
"""Mean magnitude of a frame with speech in it; A-law's silence is 8."""
PAUSE = 0.5
"""Seconds that somebody may pause and is still talking: what an elder goes by."""

_SIZE = 320
"""Octets of a frame: 8000 Hz, 16 bit."""
_HEAD = 512
"""Octets in which the sound of a WAV file begins at the latest."""


class Track:
    """A sound file that a telephone writes while it talks: each packet as it comes or goes."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        """`clock` in seconds, never going back."""
        self._file = path.open("rb", buffering=0)
        self._clock = clock
        self._rest: bytes | None = None
        """None until the header is over."""
        self._looked = clock()
        self.times: list[float] = []
        """When each frame was there: heard, or spoken to its end."""
        self.loud: list[bool] = []
        """Whether there is speech in it."""
        self.sounds = Spans(PAUSE)

    def look(self) -> None:
        """Takes what was written since the last look: look often, for that tells the time."""
        now = self._clock()
        octets = self._file.read(1 << 16) or b""
        if self._rest is None:
            self._rest = self._after_header(octets)
        else:
            self._rest += octets
        if self._rest is not None and len(self._rest) >= _SIZE:
            self._take(now)
        self._looked = now

    def close(self) -> None:
        """Nothing more is looked at."""
        self._file.close()

    def _after_header(self, octets: bytes) -> bytes | None:
        start = octets.find(b"data")
        if start >= 0 and start + 8 <= len(octets):
            return octets[start + 8 :]
        self._file.seek(0)  # half a header: once more from the beginning
        return None

    def _take(self, now: float) -> None:
        octets = self._rest or b""
        whole = len(octets) // _SIZE
        self._rest = octets[whole * _SIZE :]
        for place, level in enumerate(levels(octets[: whole * _SIZE])):
            # Those that came between two looks came one after the other.
            at, loud = max(self._looked, now - (whole - 1 - place) * FRAME), bool(level > LOUD)
            self.times.append(at)
            self.loud.append(loud)
            self.sounds.add(at, loud=loud)


def levels(octets: bytes) -> npt.NDArray[np.float64]:
    """Mean magnitude of each frame."""
    frames = np.frombuffer(octets, "<i2").reshape(-1, _SIZE // 2)
    return np.asarray(np.abs(frames.astype(np.float64)).mean(axis=1))
