"""What a telephone hears, reply by reply, each to its end, as text."""

import asyncio

import numpy as np

from care.settings import Settings
from evaluation.calls.phone import Phone
from evaluation.speech.listening import listen_openly
from voice.audio.alaw_stream import LINE_RATE
from voice.audio.pcm import Pcm, from_int16
from voice.recognition.hearing import Hearing
from voice.recognition.vosk_model import open_model

_FRAME = round(0.02 * LINE_RATE)
_LOUD = 120
"""Mean magnitude of a frame with speech in it; A-law's silence is 8."""
_LOOK = 0.02
"""Seconds between two looks at what came."""


class Ears:
    """Open vocabulary: nothing tells them what is coming."""

    def __init__(self, settings: Settings) -> None:
        """Raises SpeechModelError."""
        self._model = open_model(settings.speech_model)
        self._hearing = Hearing.load(settings.data)

    def understand(self, pcm: Pcm) -> str:
        """What was said, numbers in digits."""
        return self._hearing.understand(listen_openly(self._model, pcm)).text


class Replies:
    """Of one call."""

    def __init__(self, telephone: Phone, ears: Ears) -> None:
        self._telephone, self._ears = telephone, ears
        self._from = 0
        """Frames of what came that were listened to already."""

    async def next(self, *, quiet: float = 1.5, timeout: float = 25.0) -> str:
        """What comes next, until it was quiet for so many seconds. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while True:
                came = self._telephone.heard()
                whole = came[: len(came) // _FRAME * _FRAME].astype(np.float64)
                frames = np.abs(whole).reshape(-1, _FRAME).mean(axis=1)
                loud = np.flatnonzero(frames[self._from :] > _LOUD) + self._from
                if len(loud) and (len(frames) - loud[-1]) * _FRAME / LINE_RATE > quiet:
                    break
                await asyncio.sleep(_LOOK)
        first, self._from = int(loud[0]), int(loud[-1]) + 1
        reply = from_int16(came[first * _FRAME : self._from * _FRAME])
        return await asyncio.to_thread(self._ears.understand, Pcm(reply, LINE_RATE))
