"""What a call speaks with: rendered pieces, else Kokoro, else espeak; it is never silent."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
import structlog
from prometheus_client import REGISTRY, CollectorRegistry

from care.data_files import DATA
from voice.audio import loudness
from voice.audio.pcm import Pcm, Samples
from voice.spoken.form import spoken
from voice.spoken.phonemes import phonemes
from voice.synthesis import cut
from voice.synthesis.clause import Clause
from voice.synthesis.espeak import Espeak
from voice.synthesis.finish import Finish
from voice.synthesis.kokoro import VERSION, Kokoro, open_kokoro
from voice.synthesis.metrics import metrics_of
from voice.synthesis.pace import paced
from voice.synthesis.port import RATE, Style, SynthesisError
from voice.synthesis.prompts import Pieces
from voice.synthesis.queue import SynthesisQueue
from voice.synthesis.reading import Reading, Sources
from voice.synthesis.voices import Voices, load_voices

PATIENCE = 2.5
"""Seconds of silence after which espeak speaks instead."""

_log = structlog.get_logger()


class SpeechSettings(Protocol):
    """What of the settings is needed here (`care.settings`)."""

    @property
    def speech_folder(self) -> Path:
        """Model, voices, rendered prompts."""
        ...

    @property
    def synthesis_limit(self) -> int:
        """Clauses that are synthesised at once: no more than the machine has cores."""
        ...

    @property
    def voice(self) -> str:
        """For callers who chose none."""
        ...

    @property
    def speed(self) -> float:
        """For callers who chose none."""
        ...


class Speaker:
    """One for the whole process; any number of calls stream from it at once."""

    rate = RATE

    def __init__(self, sources: Sources, voices: Voices, style: Style) -> None:
        self._sources = sources
        self._voices = voices
        self.style = style
        """For callers who chose none."""

    @property
    def is_fallback(self) -> bool:
        """Whether only espeak is there."""
        return self._sources.kokoro is None

    def stream(
        self,
        text: str,
        style: Style | None = None,
        *,
        rate: int = RATE,
        patience: float = PATIENCE,
    ) -> Iterator[Samples]:
        """`text` as written, spoken piece by piece at `rate` Hz; closing it ends the work.

        Nothing is yielded for a text without a word. Raises VoiceError for a voice that isn't
        offered, at once; SynthesisError when neither voice can speak.
        """
        style = style or self.style
        self._voices.find(style.voice)
        return self._stream(text, style, rate, patience)

    def say(self, text: str, style: Style | None = None, *, patience: float = PATIENCE) -> Pcm:
        """The whole of it; raises what `stream` does."""
        pieces = list(self.stream(text, style, patience=patience))
        return Pcm(np.concatenate(pieces) if pieces else np.zeros(0, np.float32), RATE)

    def keep(self, clauses: Iterable[Clause]) -> None:
        """From now on these clauses of the project itself are kept on disk when they are made."""
        self._sources.own.update(clause.text for clause in clauses)

    def render(self, clauses: Iterable[Clause], style: Style | None = None) -> Iterator[Clause]:
        """Makes those of the project's own clauses that aren't on disk yet.

        Yields each when it is there; closing it ends the work. One at a time, so that a caller
        never waits for more than one of them. Raises SynthesisError.
        """
        style = style or self.style
        for clause in clauses:
            self.keep([clause])
            key = self._sources.key(clause, style)
            if not self._sources.pieces.is_kept(key):
                ticket = self._sources.order(clause, style)
                try:
                    ticket.result()
                finally:
                    ticket.cancel()
            yield clause

    def tidy(self, wanted: Mapping[Style, Iterable[Clause]]) -> None:
        """Removes from disk every piece but those of these clauses in these styles."""
        key = self._sources.key
        self._sources.pieces.tidy(
            {key(clause, style) for style, clauses in wanted.items() for clause in clauses}
        )

    def close(self) -> None:
        """Ends the threads."""
        self._sources.queue.close()

    def _stream(self, text: str, style: Style, rate: int, patience: float) -> Iterator[Samples]:
        reading = Reading(self._sources, style, patience)
        finish = Finish(style.volume, RATE, rate)
        pieces = paced(spoken(text), lambda clause: self._sources.is_ready(clause, style))
        try:
            for piece in reading.pieces(list(pieces)):
                if len(done := finish.push(piece)):
                    yield done
            if len(done := finish.end()):
                yield done
        finally:
            reading.close()


def open_speaker(
    settings: SpeechSettings,
    *,
    data: Path = DATA,
    registry: CollectorRegistry = REGISTRY,
    clock: Callable[[], float] = time.monotonic,
) -> Speaker:
    """Loads everything (about two seconds); without Kokoro's files espeak alone speaks.

    Raises VoiceError and StyleError for the settings, DataFileError for the data.
    """
    voices = load_voices(data)
    style = Style(voice=settings.voice, speed=settings.speed)
    voices.find(style.voice)
    cut.warm()
    loudness.warm()
    try:
        kokoro: Kokoro | None = open_kokoro(settings.speech_folder, data)
    except SynthesisError as error:
        _log.error("callers hear only the fallback voice", why=str(error))
        kokoro = None
    metrics = metrics_of(registry)
    sources = Sources(
        kokoro=kokoro,
        espeak=Espeak(),
        pieces=Pieces(settings.speech_folder / "cache"),
        queue=SynthesisQueue(settings.synthesis_limit, metrics, clock),
        metrics=metrics,
        pronounce=lru_cache(maxsize=2048)(phonemes),
        version=VERSION,
        clock=clock,
    )
    return Speaker(sources, voices, style)
