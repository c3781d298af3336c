"""`hotline say`: a text as an audio file, in the voice that callers hear."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from care.data_files import DATA
from voice.audio.alaw_stream import to_alaw
from voice.audio.errors import AudioError
from voice.audio.pcm import Pcm
from voice.audio.wav import write_wav
from voice.spoken.form import spoken
from voice.synthesis.port import LIMITS, RATE, Style, StyleError, SynthesisError
from voice.synthesis.speaker import SpeechSettings, open_speaker
from voice.synthesis.voices import VoiceError, Voices, load_voices

LONGEST = 5_000
"""Characters: about twenty minutes of speech."""
RATES = (24_000, 16_000, 8_000)
_PATIENCE = 600.0
"""Seconds: nobody is on the telephone, so better late than in the fallback voice."""


class SayError(ValueError):
    """What was asked for can't be done; the text is a Chinese sentence for whoever asked."""


@dataclass(frozen=True)
class Wish:
    """What the command was given; None stands for the installation's own setting."""

    text: str
    out: Path
    voice: str | None = None
    speed: float | None = None
    volume: float = 0.0
    pauses: float = 1.0
    rate: int = RATE
    """Hz"""
    alaw: bool = False
    """Raw A-law octets instead of a WAV file; only at 8000 Hz."""


def say(wish: Wish, settings: SpeechSettings, data: Path = DATA) -> list[str]:
    """Writes the file; gives the sentences to print. Raises SayError, DataFileError."""
    voices = load_voices(data)
    says = voices.says
    if len(wish.text) > LONGEST:
        raise SayError(says.too_long.format(limit=LONGEST))
    if not spoken(wish.text).strip("，。？！、"):
        raise SayError(says.empty)
    if wish.rate not in RATES or (wish.alaw and wish.rate != 8_000):
        raise SayError(says.rate)
    if not wish.out.parent.is_dir() or wish.out.is_dir():
        raise SayError(says.folder.format(path=wish.out))
    style = _style(wish, settings, voices)
    speaker = open_speaker(settings, data=data)
    try:
        pieces = list(speaker.stream(wish.text, style, rate=wish.rate, patience=_PATIENCE))
        pcm = Pcm(np.concatenate(pieces), wish.rate)
    except SynthesisError as error:
        raise SayError(says.failed) from error
    finally:
        speaker.close()
    _write(wish, pcm, voices)
    done = says.done.format(seconds=f"{pcm.seconds:.1f}", path=wish.out)
    return [says.fallback, done] if speaker.is_fallback else [done]


def _style(wish: Wish, settings: SpeechSettings, voices: Voices) -> Style:
    speed = settings.speed if wish.speed is None else wish.speed
    voice = wish.voice or settings.voice
    try:
        voices.find(voice)
        return Style(voice=voice, speed=speed, volume=wish.volume, pauses=wish.pauses)
    except VoiceError as error:
        raise SayError(str(error)) from error
    except StyleError as error:
        least, most = LIMITS[error.field]
        sentence: str = getattr(voices.says, error.field)
        raise SayError(sentence.format(least=f"{least:g}", most=f"{most:g}")) from error


def _write(wish: Wish, pcm: Pcm, voices: Voices) -> None:
    try:
        if wish.alaw:
            wish.out.write_bytes(to_alaw(pcm.samples, pcm.rate).tobytes())
        else:
            write_wav(wish.out, pcm)
    except (OSError, AudioError) as error:
        raise SayError(voices.says.folder.format(path=wish.out)) from error
