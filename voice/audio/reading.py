"""Any recording as mono samples at the rate that is wanted: whole, or as a stream."""

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np

from voice.audio.errors import AudioError, audio_error
from voice.audio.ffmpeg import open_ffmpeg
from voice.audio.formats import HEAD, container
from voice.audio.pcm import Pcm, Samples, bounded
from voice.audio.raw_g711 import LAWS, raw_source
from voice.audio.resampling import Resampler
from voice.audio.sound_file import UndecodableError, open_sound_file
from voice.audio.source import Source

__all__ = ["AudioError", "read_audio", "stream_audio"]

_LONGEST = 4 * 3600.0
"""Seconds; a forgotten recorder, not a call."""

_RATES = (1_000, 768_000)
"""Hz that exist in the field; outside of them a header is spoiled."""


def read_audio(path: Path, *, rate: int = 16000, longest: float = _LONGEST) -> Pcm:
    """The whole recording at `rate` Hz, channels averaged; raises AudioError.

    A file that is cut off gives what is left of it; one without sound gives no samples.
    It takes 4 octets a sample (64 kB a second at 16 kHz); `stream_audio` takes no more for
    a longer file. `longest` is in seconds.
    """
    heard = bytearray()  # grows in place: joining arrays would take the memory twice
    for block in _resampled(Path(path), rate, longest):
        heard += block.tobytes()
    return Pcm(np.frombuffer(heard, dtype=np.float32), rate)


def stream_audio(
    path: Path, *, rate: int = 16000, chunk: float = 0.1, longest: float = _LONGEST
) -> Iterator[Samples]:
    """The same in chunks of `chunk` seconds (the last may be shorter), in constant memory.

    The file is opened with the first chunk and closed with the last, or with the iterator.
    """
    size = round(rate * chunk)
    if size < 1:
        raise ValueError(f"expected a chunk of at least one sample, got {chunk} s at {rate} Hz")
    return _cut(_resampled(Path(path), rate, longest), size)


def _cut(blocks: Iterator[Samples], size: int) -> Iterator[Samples]:
    kept = np.zeros(0, dtype=np.float32)
    for block in blocks:
        kept = np.concatenate([kept, block])
        whole = len(kept) // size * size
        yield from (kept[start : start + size] for start in range(0, whole, size))
        kept = kept[whole:]
    if len(kept):
        yield kept


def _resampled(path: Path, rate: int, longest: float) -> Iterator[Samples]:
    with _open(path) as source:
        if not _RATES[0] <= source.rate <= _RATES[1]:
            raise audio_error(
                "bad_rate", path, rate=source.rate, lowest=_RATES[0], highest=_RATES[1]
            )
        if source.seconds is not None and source.seconds > longest:
            raise audio_error("too_long", path, limit=_duration(longest))
        resampler = Resampler(source.rate, rate)
        taken = 0
        for block in source.blocks:
            taken += len(block)
            if taken > longest * source.rate:  # a header may know less than the file holds
                raise audio_error("too_long", path, limit=_duration(longest))
            yield bounded(resampler.push(block))
        yield bounded(resampler.push(np.zeros(0, dtype=np.float32), last=True))


@contextmanager
def _open(path: Path) -> Iterator[Source]:
    """Finds the decoder; raises AudioError."""
    with ExitStack() as stack:
        file = stack.enter_context(_regular_file(path))
        suffix = path.suffix.lower()
        head = _head(file, path)
        if suffix in LAWS:
            yield raw_source(file, suffix)
            return
        name = container(head)
        if name is None:
            raise audio_error("not_audio", path)
        try:
            source = stack.enter_context(open_sound_file(file))
        except UndecodableError:
            source = stack.enter_context(open_ffmpeg(path, name))
        yield source


def _regular_file(path: Path) -> BinaryIO:
    try:
        # A pipe without a writer would be waited for: it is opened without waiting, then refused.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise audio_error("missing", path) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise audio_error("unreadable", path) from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb", buffering=0)
    os.close(descriptor)
    raise audio_error("folder" if stat.S_ISDIR(mode) else "not_a_file", path)


def _head(file: BinaryIO, path: Path) -> bytes:
    try:
        head = file.read(HEAD)
        file.seek(0)
    except OSError as error:
        raise audio_error("unreadable", path) from error
    if not head:
        raise audio_error("empty", path)
    return head


def _duration(seconds: float) -> str:
    for unit, name in ((3600, "小时"), (60, "分钟")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds / unit:.0f}{name}"
    return f"{seconds:g}秒"
