"""Files that libsndfile decodes: WAV with all its codings, FLAC, OGG, MP3, AIFF, AU."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import soundfile

from voice.audio.pcm import Samples, mono
from voice.audio.source import Source, block_frames

_UNKNOWN = 1 << 62
"""libsndfile puts a number beyond this where a header gives no length."""


class UndecodableError(Exception):
    """libsndfile can't open this; another decoder may."""


class _Forward(soundfile.SoundFile):  # type: ignore[misc,unused-ignore] # it has no type hints
    """Read from the front to the end only.

    soundfile seeks after each block, and after a seek an MP3 decoder has lost what its next
    frame refers to: the sound would be spoiled at every join.
    """

    def seekable(self) -> bool:
        return False


@contextmanager
def open_sound_file(file: BinaryIO) -> Iterator[Source]:
    """Decodes an open file (its descriptor at 0, left open); raises UndecodableError."""
    try:
        sound = _Forward(file.fileno(), closefd=False)
    except (soundfile.LibsndfileError, TypeError, ValueError, OverflowError) as error:
        raise UndecodableError from error
    with sound:
        seconds = None if sound.frames >= _UNKNOWN else sound.frames / sound.samplerate
        yield Source(sound.samplerate, seconds, _blocks(sound))


def _blocks(sound: _Forward) -> Iterator[Samples]:
    size = block_frames(sound.samplerate, sound.channels)
    while True:
        try:
            frames = sound.read(size, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:
            return  # cut off or spoiled here: what came before is worth hearing
        if not len(frames):
            return
        yield mono(frames)
