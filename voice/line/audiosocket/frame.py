"""AudioSocket's frames: one octet of kind, two of length (big-endian), then so many octets.

https://docs.asterisk.org/Configuration/Channel-Drivers/AudioSocket/
"""

from dataclasses import dataclass
from enum import IntEnum

_HEAD = 3
_LARGEST = 16_384
"""Octets of one frame: a second of sound. Asterisk sends 320."""


class Kind(IntEnum):
    """What a frame carries; others are let be."""

    HANG_UP = 0x00
    UUID = 0x01
    """16 octets; the first frame of a connection."""
    KEY = 0x03
    """One character."""
    SOUND = 0x10
    """16-bit samples, little-endian, 8,000 a second."""
    ERROR = 0xFF


_LENGTHS = {Kind.UUID: 16, Kind.KEY: 1}


class FrameError(ValueError):
    """Who is connected doesn't speak AudioSocket."""


@dataclass(frozen=True)
class Frame:
    """One frame."""

    kind: int
    """One of Kind, or one that isn't known here."""
    payload: bytes = b""


def encode(frame: Frame) -> bytes:
    """As it goes over the connection."""
    return bytes([frame.kind]) + len(frame.payload).to_bytes(2, "big") + frame.payload


class FrameReader:
    """A stream of octets as frames, however it is cut."""

    def __init__(self) -> None:
        self._octets = bytearray()

    def feed(self, octets: bytes) -> list[Frame]:
        """The frames that are whole now.

        Raises FrameError at what no Asterisk sends; nothing after that can be understood.
        """
        self._octets += octets
        frames: list[Frame] = []
        while len(self._octets) >= _HEAD:
            kind, length = self._octets[0], int.from_bytes(self._octets[1:_HEAD], "big")
            _check(kind, length)
            if len(self._octets) < _HEAD + length:
                break
            frames.append(Frame(kind, bytes(self._octets[_HEAD : _HEAD + length])))
            del self._octets[: _HEAD + length]
        return frames


def _check(kind: int, length: int) -> None:
    if length > _LARGEST:
        raise FrameError(f"a frame of {length} octets: expected at most {_LARGEST}")
    if length != _LENGTHS.get(Kind(kind) if kind in set(Kind) else Kind.ERROR, length):
        raise FrameError(f"a frame of kind {kind} with {length} octets")
    if kind == Kind.SOUND and length % 2:
        raise FrameError(f"{length} octets of sound are no whole samples")
