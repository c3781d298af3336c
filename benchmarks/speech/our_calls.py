"""Calls in our own recognition pool."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import numpy as np

from benchmarks.speech.load import CHUNK
from benchmarks.speech.sound import LINE, Talk, prelude
from voice.audio.g711 import alaw_decode
from voice.audio.pcm import Samples, from_int16
from voice.recognition.pool import RecognitionPool
from voice.recognition.recogniser import Recogniser
from voice.recognition.transcript import Partial, Transcript
from voice.recognition.vosk_model import SpeechModel


class OurCalls:
    """So many calls, 8 kHz A-law each, heard by `workers` threads."""

    def __init__(self, model: SpeechModel, talk: Talk, calls: int, workers: int) -> None:
        self._talk = talk
        self._pool = RecognitionPool(workers)
        self._changed = threading.Condition()
        self._heard: dict[int, float] = {}
        self._ears = [
            self._pool.listen(_Telling(model.recogniser(LINE), call, self._tell), _ignore)
            for call in range(calls)
        ]
        for call, ear in enumerate(self._ears):
            ear.push(np.zeros(round(prelude(call) * LINE), np.float32))
        self._wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.close()

    def tick(self, number: int) -> list[float]:
        """See `Streams.tick`."""
        started = time.perf_counter()
        for call, ear in enumerate(self._ears):
            ear.push(from_int16(alaw_decode(self._talk.codes(call, number, CHUNK))))
        return [at - started for at in self._wait()]

    def _tell(self, call: int) -> None:
        with self._changed:
            self._heard[call] = time.perf_counter()
            self._changed.notify()

    def _wait(self) -> list[float]:
        with self._changed:
            self._changed.wait_for(lambda: len(self._heard) == len(self._ears))
            heard, self._heard = self._heard, {}
        return [*heard.values()]


class _Telling:
    """A recogniser that tells when it has heard a chunk."""

    def __init__(self, inner: Recogniser, call: int, tell: Callable[[int], None]) -> None:
        self._inner, self._call, self._told = inner, call, tell

    def accept(self, samples: Samples) -> Partial | Transcript | None:
        heard = self._inner.accept(samples)
        self._told(self._call)
        return heard

    def finish(self) -> Transcript:
        return self._inner.finish()


def _ignore(heard: Partial | Transcript) -> None:
    """Nobody asks what was said."""
