"""What libsndfile can't read (AMR, m4a, webm…), decoded by ffmpeg in a process of its own."""

import os
import select
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from voice.audio.errors import audio_error
from voice.audio.pcm import Samples, mono
from voice.audio.source import Source, block_frames

_PATIENCE = 20.0
"""Seconds for one block of 0.1 s of sound; then ffmpeg is taken to hang."""

_PROCESSOR_SECONDS = 900
"""All processor time of one ffmpeg. Four hours of AMR take under a minute."""

_LARGEST_PIECE = 1 << 28
"""Octets that ffmpeg may allocate at a time; a spoiled header can ask for any number."""

_AU = struct.Struct(">4s5I")
"""Header of Sun's AU format: mark, header length, data length, coding, rate (Hz), channels."""


def _command(program: str, path: Path, demuxer: str) -> list[str]:
    # The demuxer is given and only files may be opened, so that no playlist inside the file
    # can make ffmpeg read another file or an address. AU tells rate and channels in a pipe.
    limits = f"-max_alloc {_LARGEST_PIECE} -timelimit {_PROCESSOR_SECONDS} -threads 1"
    return [
        program, "-nostdin", "-hide_banner", "-v", "quiet", *limits.split(),
        "-protocol_whitelist", "file", "-f", demuxer, "-i", f"file:{path.absolute()}",
        "-map", "0:a:0", "-vn", "-sn", "-dn", "-c:a", "pcm_f32be", "-f", "au", "pipe:1",
    ]  # fmt: skip


@contextmanager
def open_ffmpeg(
    path: Path, demuxer: str, *, program: str = "ffmpeg", patience: float = _PATIENCE
) -> Iterator[Source]:
    """Decodes `path`; raises AudioError. However the block ends, the process ends with it."""
    try:
        process = subprocess.Popen(  # noqa: S603 - a list of our own making, and no shell
            _command(program, path, demuxer),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
        )  # fmt: skip
    except OSError as error:
        raise audio_error("no_ffmpeg", path) from error
    assert process.stdout is not None  # noqa: S101 - for mypy: a pipe was asked for
    try:
        reader = _Pipe(process.stdout, path, patience)
        yield _source(reader, path)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


class _Pipe:
    """Reads whole pieces, each before a deadline."""

    def __init__(self, pipe: IO[bytes], path: Path, patience: float) -> None:
        self._pipe = pipe
        self._path = path
        self._patience = patience
        self._poll = select.poll()
        self._poll.register(pipe, select.POLLIN)

    def read(self, size: int) -> bytes:
        """`size` octets, fewer only at the end; raises AudioError when they don't come."""
        deadline = time.monotonic() + self._patience
        got = bytearray()
        while len(got) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not self._poll.poll(left * 1000):
                raise audio_error("stuck", self._path, seconds=round(self._patience))
            piece = os.read(self._pipe.fileno(), size - len(got))
            if not piece:
                break
            got += piece
        return bytes(got)


def _source(pipe: _Pipe, path: Path) -> Source:
    header = pipe.read(_AU.size)
    if len(header) < _AU.size:
        raise audio_error("damaged", path)
    _mark, begin, _length, _coding, rate, channels = _AU.unpack(header)
    pipe.read(begin - _AU.size)
    return Source(rate, None, _blocks(pipe, rate, channels))


def _blocks(pipe: _Pipe, rate: int, channels: int) -> Iterator[Samples]:
    frame = 4 * channels
    while octets := pipe.read(block_frames(rate, channels) * frame):
        whole = len(octets) // frame * frame
        frames = np.frombuffer(octets[:whole], dtype=">f4").astype(np.float32)
        yield mono(frames.reshape(-1, channels))
