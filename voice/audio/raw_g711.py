"""Headerless G.711 as telephone systems store it: nothing but codes at 8 kHz."""

import os
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from voice.audio.g711 import alaw_decode, ulaw_decode
from voice.audio.pcm import Samples, from_int16
from voice.audio.source import Source, block_frames

_RATE = 8000

LAWS = {
    ".alaw": alaw_decode,
    ".al": alaw_decode,
    ".ulaw": ulaw_decode,
    ".mulaw": ulaw_decode,
    ".ul": ulaw_decode,
}
"""Suffix (lower case) to decoder; nothing in such a file tells what it is."""


def raw_source(file: BinaryIO, suffix: str) -> Source:
    """The sound of an open file whose suffix is one of LAWS."""
    octets = os.fstat(file.fileno()).st_size
    return Source(_RATE, octets / _RATE, _blocks(file, suffix))


def _blocks(file: BinaryIO, suffix: str) -> Iterator[Samples]:
    decode = LAWS[suffix]
    while codes := file.read(block_frames(_RATE, 1)):
        yield from_int16(decode(np.frombuffer(codes, dtype=np.uint8)))
