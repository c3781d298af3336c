"""What callers say, as sound of a telephone: synthesised once, in voices no training has heard."""

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from rich.console import Console

from care.settings import Settings
from evaluation.calls.phone import Pcm16
from evaluation.speech.rendering import Store, Utterance
from evaluation.speech.speakers import open_test_voice
from voice.audio.alaw_stream import LINE_RATE
from voice.audio.pcm import to_int16
from voice.audio.resampling import resample

SPEAKER = "zm_yunyang"
_LOUD = 0.02
"""Of full scale: what counts as speech where its beginning and end are cut."""
_EDGE = 0.02
"""Seconds left before and after it."""


class CallersVoice:
    """Sentences at the telephone's rate, without silence at their ends."""

    def __init__(self, settings: Settings, speaker: str = SPEAKER) -> None:
        self._folder: Path = settings.speech_folder
        self._speaker = speaker
        self._store = Store(self._folder / "evaluation", None)

    def prepare(self, texts: Iterable[str]) -> None:
        """Renders what is missing. Raises SynthesisError."""
        said = [Utterance(text, self._speaker) for text in texts]
        if not all(self._store.path(one).exists() for one in said):
            store = Store(self._folder / "evaluation", open_test_voice(self._folder))
            store.render(said, Console(stderr=True), os.cpu_count() or 1)

    def get(self, text: str) -> Pcm16:
        """8000 Hz; raises AudioError for what was not prepared."""
        pcm = self._store.get(Utterance(text, self._speaker))
        samples = resample(pcm.samples, pcm.rate, LINE_RATE)
        loud = np.flatnonzero(np.abs(samples) > _LOUD)
        edge = round(_EDGE * LINE_RATE)
        return to_int16(samples[max(0, loud[0] - edge) : loud[-1] + edge])
