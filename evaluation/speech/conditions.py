"""How an utterance reaches the ears: the room and the line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.speech.mixing import babble, brown, under, white
from voice.audio.alaw_stream import LINE_RATE, to_alaw
from voice.audio.g711 import alaw_decode
from voice.audio.pcm import Pcm, Samples, from_int16

SILENCE = 0.3
"""Seconds before and after each utterance; nobody speaks in the first millisecond of a call."""

_HEADROOM = 0.9


@dataclass(frozen=True)
class Condition:
    """A room and a line."""

    telephone: bool = True
    """8 kHz A-law, else 16 kHz as synthesised."""

    noise: float | None = None
    """dB below the voice; None: a quiet room."""


CLEAN = Condition(telephone=False)
TELEPHONE = Condition()


def through(condition: Condition, pcm: Pcm, number: int, others: Sequence[Samples]) -> Pcm:
    """What comes out at the other end.

    `number` picks the kind of noise (every second one is a babble of `others`, the rest white and
    brown by turns) and seeds it: the same one gives the same sound.
    """
    quiet = np.zeros(round(SILENCE * pcm.rate), np.float32)
    sound = np.concatenate([quiet, pcm.samples, quiet])
    if condition.noise is not None:
        sound = under(sound, _noise(len(sound), number, others), condition.noise)
        # Noise in the room is turned down together with the voice, never clipped.
        sound = (sound * min(1.0, _HEADROOM / float(np.abs(sound).max()))).astype(np.float32)
    if not condition.telephone:
        return Pcm(sound, pcm.rate)
    return Pcm(from_int16(alaw_decode(to_alaw(sound, pcm.rate))), LINE_RATE)


def _noise(count: int, number: int, others: Sequence[Samples]) -> Samples:
    rng = np.random.default_rng(number)
    if number % 2 and others:
        return babble(count, rng, others)
    return white(count, rng) if number % 4 else brown(count, rng)
