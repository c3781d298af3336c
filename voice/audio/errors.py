"""Why audio can't be read or written, in one sentence from `data/speech/audio_errors.yml`."""

from pathlib import Path
from typing import ClassVar

from care.sentences import Places, SentenceFile


class AudioError(ValueError):
    """One Chinese sentence for the user: what is wrong and what to do about it."""


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "speech/audio_errors.yml"
    usual = frozenset({"name"})
    places: ClassVar[Places] = {
        "bad_rate": {"name", "rate", "lowest", "highest"},
        "too_long": {"name", "limit"},
        "stuck": {"name", "seconds"},
    }

    missing: str
    folder: str
    not_a_file: str
    unreadable: str
    unwritable: str
    empty: str
    not_audio: str
    damaged: str
    bad_rate: str
    too_long: str
    stuck: str
    no_ffmpeg: str


def audio_error(kind: str, path: Path, **details: object) -> AudioError:
    """The error `kind` (a field of Sentences) about a file, ready to be raised."""
    return AudioError(Sentences.say(kind, name=path.name or str(path), **details))
