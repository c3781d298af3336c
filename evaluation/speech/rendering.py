"""Test sentences as sound: synthesised once, then kept under a name made of their content."""

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress

from voice.audio.pcm import Pcm
from voice.audio.reading import read_audio
from voice.audio.wav import write_wav
from voice.spoken.form import spoken
from voice.spoken.phonemes import phonemes
from voice.synthesis.kokoro import VERSION, Kokoro
from voice.synthesis.port import Style

RATE = 16_000
"""Hz of what is given out."""


@dataclass(frozen=True)
class Utterance:
    """One sentence, said by somebody."""

    text: str
    speaker: str
    speed: float = 1.0
    """1 is the voice's own."""


class Store:
    """Rendered utterances in one folder; what is missing needs the voice."""

    def __init__(self, folder: Path, voice: Kokoro | None) -> None:
        """Without a `voice` only what is there already can be had."""
        self._folder = folder
        self._voice = voice

    def render(self, utterances: Iterable[Utterance], console: Console, workers: int = 2) -> None:
        """Makes what is missing, on `workers` threads, with a bar; raises SynthesisError."""
        missing = [one for one in dict.fromkeys(utterances) if not self.path(one).exists()]
        if not missing:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with Progress(console=console) as progress, ThreadPoolExecutor(workers) as pool:
            bar = progress.add_task("speaking", total=sum(len(one.text) for one in missing))
            for one in pool.map(self._make, missing):
                progress.advance(bar, len(one.text))

    def get(self, utterance: Utterance) -> Pcm:
        """One utterance at 16 kHz; raises AudioError when it was never rendered."""
        return read_audio(self.path(utterance), rate=RATE)

    def path(self, utterance: Utterance) -> Path:
        """Named after all that decides how it sounds; another pronunciation has another name."""
        made_of = (VERSION, utterance.speaker, utterance.speed, phonemes(utterance.text))
        return self._folder / f"{hashlib.sha256(repr(made_of).encode()).hexdigest()[:24]}.wav"

    def _make(self, utterance: Utterance) -> Utterance:
        if self._voice is None:
            raise ValueError("a store without a voice can't render")
        style = Style(voice=utterance.speaker, speed=utterance.speed)
        pieces = list(self._voice.stream(spoken(utterance.text), style))
        path = self.path(utterance)
        part = path.with_suffix(".part")
        write_wav(part, Pcm(np.concatenate(pieces), self._voice.rate))
        part.replace(path)  # an interrupted run leaves no half utterance
        return utterance
