"""The sound that every call of the benchmark speaks: test sentences over the telephone."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from evaluation.speech.conditions import TELEPHONE, through
from evaluation.speech.rendering import Store, Utterance
from voice.audio.g711 import Codes, Int16, alaw_decode, alaw_encode
from voice.audio.pcm import from_int16, to_int16
from voice.audio.resampling import resample

Numbers = TypeVar("Numbers", Codes, Int16)

LINE = 8_000
"""Hz of the telephone."""
WIDE = 16_000
"""Hz that vosk-server is fed with."""

_APART = 7.3
"""Seconds between what two neighbouring calls say."""
_STEP = 0.03
"""Seconds by which neighbours are out of step: an engine works in bursts."""


@dataclass(frozen=True)
class Talk:
    """About a minute of speech, in two forms."""

    line: Codes
    """A-law, 8 kHz."""
    wide: Int16
    """16 kHz."""

    @property
    def seconds(self) -> float:
        """How long it lasts before it begins anew."""
        return len(self.line) / LINE

    def codes(self, call: int, number: int, chunk: float) -> Codes:
        """Chunk `number` of one call, as the telephone brings it."""
        return _cut(self.line, LINE, call, number, chunk)

    def samples(self, call: int, number: int, chunk: float) -> Int16:
        """The same for vosk-server."""
        return _cut(self.wide, WIDE, call, number, chunk)


def prelude(call: int) -> float:
    """Seconds of silence that a call begins with, so that calls are out of step; never 0."""
    return _STEP * (1 + call % 10)


def load_talk(store: Store, utterances: list[Utterance]) -> Talk:
    """From rendered utterances."""
    pieces = [
        through(TELEPHONE, store.get(one), place, ()).samples
        for place, one in enumerate(utterances)
    ]
    line = alaw_encode(to_int16(np.concatenate(pieces)))
    return Talk(line, to_int16(resample(from_int16(alaw_decode(line)), LINE, WIDE)))


def _cut(whole: Numbers, rate: int, call: int, number: int, chunk: float) -> Numbers:
    start = round((call * _APART + number * chunk) * rate)
    return whole.take(np.arange(start, start + round(chunk * rate)), mode="wrap")
