"""`hotline calls play`: the voices of a call, opened and laid beside each other in one WAV file."""

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import soundfile

from care.calls.keys import Keyring
from care.calls.kind import Consent
from care.calls.model import Call, CallRecording
from care.calls.opus import NotSoundError, decode
from care.calls.sealed import Ending, SealedError, read_sealed
from care.calls.sentences import sentence
from voice.audio.pcm import Samples, from_int16, to_int16
from voice.audio.resampling import resample


class PlayError(ValueError):
    """There is nothing to hear, or it can't be written; the text is a Chinese sentence."""


@dataclass(frozen=True)
class _Voice:
    samples: Samples
    rate: int
    start: float
    """Seconds after the first recording began."""
    left: bool


def playable(call: Call, rows: list[CallRecording]) -> list[CallRecording]:
    """The recordings that were not deleted. Raises PlayError when there are none."""
    there = [row for row in rows if row.deleted_at is None]
    if not there:
        raise PlayError(_why_none(call, rows))
    return there


def play(rows: list[CallRecording], folder: Path, keys: Keyring, out: Path) -> list[str]:
    """Writes the file, readable for its owner only; gives what is to be told.

    The elder is on the left, whoever speaks with them on the right. Raises PlayError, SealedError.
    """
    first = min(row.started_at for row in rows)
    voices: list[_Voice] = []
    told: list[str] = []
    for row in rows:
        samples, rate, ending = _open(folder / row.path, keys)
        if ending != Ending.WHOLE:
            name, length = Path(row.path).name, f"{len(samples) / rate:.1f}"
            told.append(sentence("recording_in_progress", name=name, seconds=length))
        start = (row.started_at - first).total_seconds()
        voices.append(_Voice(samples, rate, start, row.speaker == "elder"))
    seconds = _write(voices, out)
    return [*told, sentence("played", path=out, seconds=f"{seconds:.1f}")]


def _why_none(call: Call, rows: list[CallRecording]) -> str:
    if call.consent == Consent.REFUSED:
        return sentence("recording_refused", ref=call.ref)
    days = [row.deleted_at for row in rows if row.deleted_at and row.deleted_why == "expired"]
    if days:
        return sentence("recording_expired", ref=call.ref, day=f"{max(days):%Y-%m-%d}")
    return sentence("no_recording", ref=call.ref)


def _open(path: Path, keys: Keyring) -> tuple[Samples, int, Ending]:
    content = read_sealed(path, keys)
    try:
        samples, rate = decode(content.octets)
    except NotSoundError as error:
        raise SealedError(sentence("damaged", name=path.name)) from error
    return from_int16(samples), rate, content.ending


def _write(voices: list[_Voice], out: Path) -> float:
    rate = max(voice.rate for voice in voices)
    placed = [
        (round(voice.start * rate), resample(voice.samples, voice.rate, rate), voice.left)
        for voice in voices
    ]
    mixed = np.zeros((max(start + len(samples) for start, samples, _ in placed), 2), np.float32)
    for start, samples, left in placed:
        mixed[start : start + len(samples), 0 if left else 1] += samples
    content = BytesIO()
    both = np.stack([to_int16(mixed[:, side]) for side in (0, 1)], axis=1)
    soundfile.write(content, both, rate, subtype="PCM_16", format="WAV")
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.getbuffer())
    except OSError as error:
        raise PlayError(sentence("bad_folder", path=out)) from error
    return len(mixed) / rate
