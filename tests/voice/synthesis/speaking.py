"""Parts of a speaker for tests: a clock that is told, a voice that is counted."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from prometheus_client import CollectorRegistry

from voice.audio.pcm import Samples
from voice.spoken.phonemes import phonemes
from voice.synthesis.clause import Clause
from voice.synthesis.espeak import Espeak
from voice.synthesis.kokoro import Kokoro
from voice.synthesis.metrics import Metrics
from voice.synthesis.port import RATE, Style, SynthesisError
from voice.synthesis.prompts import Pieces
from voice.synthesis.queue import SynthesisQueue
from voice.synthesis.reading import Sources
from voice.synthesis.speaker import Speaker
from voice.synthesis.stop import Stop
from voice.synthesis.voices import load_voices


@dataclass
class Voice:
    """In Kokoro's place: a tone for each clause, and what was asked of it."""

    fails: bool = False
    waits_for: threading.Event | None = None
    asked: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def render(self, clause: Clause, style: Style, stop: Stop | None = None) -> Samples:
        """A quarter of a second."""
        self.asked.append(clause.text)
        if self.fails:
            raise SynthesisError("broken on purpose")
        if self.waits_for is not None:
            if stop is not None:
                stop.then(self.waits_for.set)
                stop.then(self.stopped.set)
            self.waits_for.wait()
            if stop is not None and stop.asked:
                raise SynthesisError("stopped")
        return tone(0.25)


@dataclass
class Fallback:
    """In espeak's place: a lower tone."""

    fails: bool = False
    asked: list[str] = field(default_factory=list)

    def render(self, clause: Clause, _style: Style) -> Samples:
        """A quarter of a second."""
        self.asked.append(clause.text)
        if self.fails:
            raise SynthesisError("broken on purpose")
        return tone(0.25, hertz=110.0)


def tone(seconds: float, hertz: float = 220.0) -> Samples:
    """A sine that begins and ends at zero."""
    times = np.arange(round(seconds * RATE)) / RATE
    return (0.2 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def speaker(
    folder: Path,
    voice: Voice | Kokoro,
    *,
    fallback: Fallback | Espeak | None = None,
    limit: int = 1,
    version: str = "test",
    registry: CollectorRegistry | None = None,
) -> Speaker:
    """A speaker whose pieces lie in `folder`."""
    metrics = Metrics(registry or CollectorRegistry())
    sources = Sources(
        kokoro=voice,  # type: ignore[arg-type]
        espeak=fallback or Fallback(),  # type: ignore[arg-type]
        pieces=Pieces(folder),
        queue=SynthesisQueue(limit, metrics),
        metrics=metrics,
        pronounce=phonemes,
        version=version,
        clock=time.monotonic,
    )
    return Speaker(sources, load_voices(), Style())
