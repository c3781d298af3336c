"""Where somebody speaks: the sound of one call, window by window."""

import numpy as np

from voice.audio.pcm import Samples, bounded
from voice.turn.periodicity import Periodicity
from voice.turn.silero import CONTEXT, RATES, WINDOW, Silero, nothing, silero
from voice.turn.voiced import Voiced

_SILENT = -120.0
"""dB, for a window without any sound."""

_TORN = 0.1
"""Seconds by which sound may be early or late (jitter) before its time is set anew."""


class Activity:
    """One call's; not to be used by two threads at once."""

    def __init__(self, rate: int, *, began: float = 0.0, network: Silero | None = None) -> None:
        """`rate` is 8000 or 16000 Hz; the first sample comes at `began` of the clock.

        Raises ValueError for another rate, SileroError when the network isn't installed.
        """
        if rate not in RATES:
            raise ValueError(f"rate is {rate}: expected one of {', '.join(map(str, RATES))} Hz")
        self._rate = rate
        self._network = network or silero()
        self._window = round(WINDOW * rate)
        self._context = round(CONTEXT * rate)
        self._periodicity = Periodicity(rate)
        self._at = began
        self._forget()

    def _forget(self) -> None:
        self._memory = nothing()
        self._line = np.zeros(self._context, np.float32)

    def push(self, samples: Samples, now: float | None = None) -> list[Voiced]:
        """Every window that these samples complete, in order.

        Time goes by the samples. `now` tells when the last of them came: where sound was lost or
        the call was held, the windows after it are placed there.
        """
        if now is not None:
            self._place(now - len(samples) / self._rate)
        self._line = np.concatenate([self._line, bounded(samples)])
        found = []
        while len(self._line) >= self._context + self._window:
            found.append(self._judge(self._line[: self._context + self._window]))
            self._line = self._line[self._window :]
        return found

    def _judge(self, window: Samples) -> Voiced:
        probability, self._memory = self._network.judge(window, self._memory, self._rate)
        sound = window[self._context :]
        voiced = Voiced(self._at, WINDOW, probability, _level(sound), self._periodicity.push(sound))
        self._at += WINDOW
        return voiced

    def _place(self, first: float) -> None:
        """Moves the time when the next sample can't have come when it should."""
        waiting = (len(self._line) - self._context) / self._rate
        if abs(first - (self._at + waiting)) > _TORN:
            self._forget()
            self._at = first


def _level(sound: Samples) -> float:
    power = float(np.mean(np.square(sound, dtype=np.float64)))
    return max(_SILENT, 10 * np.log10(power)) if power > 0 else _SILENT
