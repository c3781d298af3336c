"""What goes over a browser's WebSocket: mono PCM, 16 bits, little-endian, some 20 ms a message."""

import numpy as np

from voice.line.leg import Pcm16

RATES = frozenset({8_000, 16_000, 24_000, 32_000, 44_100, 48_000})
"""Hz that a browser may have."""

LONGEST = 0.1
"""Seconds of one message."""

_FASTER = 1.05
"""Times real time that a browser may send, since its clock isn't ours."""
_BURST = 1.0
"""Seconds of sound that may come at once, after a network stood still."""


class FrameError(ValueError):
    """A message that is no sound; no browser of ours sends it."""


def read_frame(octets: bytes, rate: int) -> Pcm16:
    """Samples of one message. Raises FrameError."""
    most = round(LONGEST * rate) * 2
    if not octets or len(octets) % 2 or len(octets) > most:
        raise FrameError(f"expected an even number of octets, 2 to {most}, got {len(octets)}")
    return np.frombuffer(octets, "<i2").astype(np.int16)


def write_frame(samples: Pcm16) -> bytes:
    """One message."""
    return samples.astype("<i2").tobytes()


class Allowance:
    """How much sound one browser may send: what is more than time passes is not taken."""

    def __init__(self, now: float) -> None:
        """`now` in seconds of any monotonic clock."""
        self._left, self._at = _BURST, now

    def takes(self, seconds: float, now: float) -> bool:
        """Whether so much more sound is welcome."""
        self._left = min(_BURST, self._left + (now - self._at) * _FASTER)
        self._at = now
        if seconds > self._left:
            return False
        self._left -= seconds
        return True
