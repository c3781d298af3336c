"""Reads sentences aloud in many voices: the synthetic part of what is trained on."""

from pathlib import Path

import numpy as np
import soxr

from voice.model.acoustic.augmentation import Rng
from voice.model.acoustic.cepstra import RATE, Floats
from voice.model.acoustic.corpus import Utterance, add, read_corpus
from voice.model.acoustic.sentences import Sentences
from voice.model.acoustic.speakers import Speakers
from voice.model.units import syllable_units
from voice.spoken.phonemes import phonemes, pinyins
from voice.synthesis.kokoro import Kokoro
from voice.synthesis.port import Style

_SPEEDS = (0.85, 1.3)
"""What is slower or faster is stretched when it is heard."""
_LENGTHS = (4, 26)
"""Characters that are said at least."""
_PEAK = 0.7 * 32_767


class Reader:
    """Fills one corpus; several may work side by side, each with a folder and a seed of its own."""

    def __init__(
        self, kokoro: Kokoro, speakers: Speakers, sentences: Sentences, rng: Rng, folder: Path
    ) -> None:
        self._kokoro = kokoro
        self._speakers = speakers
        self._sentences = sentences
        self._rng = rng
        self._folder = folder
        found = read_corpus(folder)
        self._count = len(found)
        self.seconds = sum(utterance.seconds for utterance in found)
        """In the corpus so far."""

    def read_one(self) -> None:
        """Adds one utterance, unless its sentence can't be used."""
        source, text = self._draw()
        units = spoken_units(text)
        if units is None:
            return
        speaker, style = self._speakers.draw(self._rng)
        samples = self.say(text, style, float(self._rng.uniform(*_SPEEDS)))
        if len(samples) < RATE // 4:
            return
        seconds = round(len(samples) / RATE, 3)
        name = f"wav/{self._count:06d}.wav"
        add(self._folder, Utterance(name, text, units, speaker, source, seconds), samples)
        self._count += 1
        self.seconds += seconds

    def _draw(self) -> tuple[str, str]:
        """One sentence, or short ones in a row: half of what a word costs alone is silence."""
        wanted = int(self._rng.integers(*_LENGTHS))
        source, text = self._sentences.draw(self._rng)
        while len(text) < wanted:
            text = f"{text.rstrip('，。？！')}，{self._sentences.draw(self._rng)[1]}"
        return source, text

    def say(self, text: str, style: Floats, speed: float) -> Floats:
        """16 kHz, in the range of 16-bit numbers."""
        sound = self._kokoro.sound(phonemes(text), style, Style(speed=speed))
        if not len(sound):
            return np.zeros(0, np.float32)
        samples: Floats = soxr.resample(sound, self._kokoro.rate, RATE)
        return samples / max(1e-4, float(np.abs(samples).max())) * _PEAK


def spoken_units(text: str) -> tuple[str, ...] | None:
    """What is heard when `text` is read aloud; None if a syllable has no units."""
    units: list[str] = []
    for syllable in pinyins(text):
        sounds = syllable_units("er" if syllable.sound == "r" else syllable.sound)
        if sounds is None:
            return None
        units += sounds
    return tuple(units) or None
