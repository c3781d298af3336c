"""The speakers of the tests: voices that no training has heard."""

from pathlib import Path

import numpy as np

from voice.audio.pcm import Samples
from voice.model.acoustic.speakers import HELD_OUT, Speakers
from voice.spoken.phonemes import phonemes
from voice.synthesis.kokoro import Kokoro, open_kokoro
from voice.synthesis.voices import Voice, Voices

NAMES = tuple(HELD_OUT)
"""Two voices, and two timbres with the prosody of those."""

_GAIN = 2.0
"""dB; about what the voices need that were measured."""


class TestVoice(Kokoro):
    """Kokoro with any style of `Speakers`, by its name: a held-out one or a single voice."""

    __test__ = False

    def _read_style(self, name: str) -> Samples:
        speakers = Speakers(self._folder / "voices")
        style = speakers.held_out(name) if name in HELD_OUT else speakers.style(name)
        return np.asarray(style, np.float32)


class _Anybody(Voices):
    """Every name is offered: these voices are for the tests' ears alone."""

    def find(self, name: str) -> Voice:
        return Voice.model_construct(id=name, label=name, gender="female", gain=_GAIN)


def open_test_voice(folder: Path) -> TestVoice:
    """Loads Kokoro from the speech folder; raises SynthesisError with what to do."""
    kokoro = open_kokoro(folder)
    anybody = _Anybody.model_construct(**dict(kokoro._voices))
    return TestVoice(kokoro._session, kokoro._vocabulary, anybody, folder, phonemes)
