"""One call's ears: Vosk behind the port, with times that run through the whole call."""

from typing import Annotated

import numpy as np
import vosk
from pydantic import BaseModel, Field

from voice.audio.pcm import bounded, to_int16
from voice.audio.resampling import Resampler
from voice.recognition.phrases import UNKNOWN
from voice.recognition.recogniser import Samples
from voice.recognition.transcript import Partial, Transcript, Word, transcript_of

RATE = 16_000
"""Hz; what every Mandarin model of Vosk was trained on."""

_LONGEST = RATE * 10
"""Samples given to Vosk at once; more in one piece costs memory and time without a partial."""


class _Heard(BaseModel):
    """A word as Vosk's JSON has it."""

    word: str
    start: float
    end: float
    conf: Annotated[float, Field(ge=0)]


class _Result(BaseModel):
    """What Vosk answers at the end of a segment."""

    text: str = ""
    result: tuple[_Heard, ...] = ()


class _PartialResult(BaseModel):
    partial: str = ""


class VoskRecogniser:
    """Implements `Recogniser`. Belongs to one thread at a time."""

    def __init__(self, engine: vosk.KaldiRecognizer, rate: int) -> None:
        engine.SetWords(True)
        self._engine = engine
        self._resampler = Resampler(rate, RATE, quick=True) if rate != RATE else None
        self._rate = rate
        self._partial = ""
        self._samples = 0
        """Given to Vosk so far, at 16 kHz."""

    def accept(self, samples: Samples) -> Partial | Transcript | None:
        """See `Recogniser.accept`. Several segments in one long chunk come as one transcript."""
        samples = bounded(samples)  # one NaN would deafen the resampler for good
        if self._resampler is not None:
            samples = self._resampler.push(samples)
        closed: list[Word] = []
        ended = False
        for start in range(0, len(samples), _LONGEST):
            piece = samples[start : start + _LONGEST]
            self._samples += len(piece)
            if self._engine.AcceptWaveform(to_int16(piece).tobytes()):
                ended = True
                closed.extend(_words(self._engine.Result()))
        if ended:
            self._partial = ""
            return transcript_of(closed) if closed else None  # a segment of mere silence
        if not len(samples):
            return None
        text = _PartialResult.model_validate_json(self._engine.PartialResult()).partial
        if text == self._partial:
            return None
        self._partial = text
        return Partial(_spoken(text))

    def finish(self) -> Transcript:
        """See `Recogniser.finish`."""
        rest: Transcript | None = None
        if self._resampler is not None:
            tail = self._resampler.push(np.zeros(0, np.float32), last=True)
            self._resampler = Resampler(self._rate, RATE)
            self._samples += len(tail)
            if len(tail) and self._engine.AcceptWaveform(to_int16(tail).tobytes()):
                rest = transcript_of(_words(self._engine.Result()))
        self._partial = ""
        words = _words(self._engine.FinalResult())
        return transcript_of([*(rest.words if rest else ()), *words], self._samples / RATE)


def _words(answer: str) -> list[Word]:
    return [
        Word(_spoken(heard.word), heard.start, heard.end, min(heard.conf, 1.0))
        for heard in _Result.model_validate_json(answer).result
        if heard.word != UNKNOWN
    ]


def _spoken(text: str) -> str:
    return text.replace(UNKNOWN, "").replace(" ", "")
