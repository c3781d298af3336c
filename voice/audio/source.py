"""An opened recording: its rate and its sound in blocks, whoever decodes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from voice.audio.pcm import Samples

BLOCK = 0.1
"""Seconds of sound in a block."""

MOST = 1 << 20
"""Samples in a block, all channels together, so that an odd header can't ask for gigabytes."""


@dataclass(frozen=True)
class Source:
    """What a decoder gives; its blocks can be taken once, while it is open."""

    rate: int
    """Hz"""
    seconds: float | None
    """What the header says of the length; None where it says nothing."""
    blocks: Iterator[Samples]
    """Mono, about BLOCK seconds each."""


def block_frames(rate: int, channels: int) -> int:
    """Frames of one block."""
    return max(1, min(round(rate * BLOCK), MOST // channels))
