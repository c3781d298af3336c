"""A person at a telephone: says a sentence, and listens until the other side has finished."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.calls.phone import Pcm16, Phone
from voice.audio.alaw_stream import LINE_RATE

_FRAME = round(0.02 * LINE_RATE)
_LOUD = 120
"""Mean magnitude of a frame with speech in it; A-law's silence is 8."""
_LOOK = 0.02
"""Seconds between two looks at what came."""


@dataclass(frozen=True)
class Heard:
    """What the other side said in one go."""

    samples: Pcm16
    """From its first sound to its last, 8000 Hz."""
    after: float
    """Seconds from the end of what the caller said last to its first sound."""


class Caller:
    """One call's. Not for the sound of several calls of one telephone."""

    def __init__(self, phone: Phone, said: Callable[[str], Pcm16]) -> None:
        """`said` gives a sentence as sound, 8000 Hz."""
        self._phone, self._said = phone, said
        self._from = 0
        """Frames of what came that were listened to already."""
        self._spoke_until = 0.0
        """Seconds of the call until which the caller spoke."""

    async def say(self, text: str) -> None:
        """Speaks, and returns with the last syllable."""
        samples = self._said(text)
        before = len(self._phone.spoke())
        await self._phone.say(samples, LINE_RATE)
        await asyncio.sleep(len(samples) / LINE_RATE)
        # Where the speech really stands in what went out: the telephone starts it when it can.
        for _ in range(100):
            out = _loud(self._phone.spoke()[before:])
            wanted = before / _FRAME + len(samples) / _FRAME * 0.8
            if len(out) and before / _FRAME + out[-1] > wanted:
                break
            await asyncio.sleep(_LOOK)
        await asyncio.sleep(0.1)
        out = _loud(self._phone.spoke()[before:])
        self._spoke_until = (before + (out[-1] + 1) * _FRAME) / LINE_RATE

    async def listen(self, *, quiet: float = 1.5, timeout: float = 25.0) -> Heard:
        """What comes next, until it was quiet for so many seconds. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while True:
                frames = _magnitudes(self._phone.heard())
                loud = np.flatnonzero(frames[self._from :] > _LOUD) + self._from
                if len(loud) and (len(frames) - loud[-1]) * _FRAME / LINE_RATE > quiet:
                    break
                await asyncio.sleep(_LOOK)
        first, last = int(loud[0]), int(loud[-1]) + 1
        self._from = last
        samples = self._phone.heard()[first * _FRAME : last * _FRAME]
        return Heard(samples, first * _FRAME / LINE_RATE - self._spoke_until)

    def forget(self) -> None:
        """Whatever came until now isn't listened to."""
        self._from = len(self._phone.heard()) // _FRAME


def _magnitudes(samples: Pcm16) -> npt.NDArray[np.float64]:
    whole = len(samples) // _FRAME * _FRAME
    frames = np.abs(samples[:whole].astype(np.float64)).reshape(-1, _FRAME)
    return np.asarray(frames.mean(axis=1))


def _loud(samples: Pcm16) -> npt.NDArray[np.intp]:
    return np.flatnonzero(_magnitudes(samples) > _LOUD)
