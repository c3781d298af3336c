"""Our own voice coming back over the line: how much of what comes in is what we play."""

import numpy as np
import numpy.typing as npt

from voice.audio.pcm import Samples

LONGEST = 0.5
"""Seconds after which an echo doesn't come back any more (ITU-T G.131 calls 400 ms the limit)."""

_COMPARED = 0.16
"""Seconds of incoming sound that are compared: in less, two voices match by chance."""

_RECENT = 0.064
"""Seconds whose strength is compared: a caller who begins to speak shows at once."""

_MEMORY = 0.8
"""Of the old likeness that is kept each time. The way of an echo stays the same, chance doesn't."""

_FOUND = 0.3
"""Lasting likeness from which there is an echo; two people's voices stay below 0.2."""

_PLAIN = 0.5
"""Likeness of a moment in which hardly anything but the echo is heard."""

_QUIET = 1e-5
"""Root mean square below which there is nothing to compare."""

_UP, _DOWN = 0.5, 0.05
"""How fast the known strength of the echo follows: rather too strong, since rooms ring on."""


class Echo:
    """One call's: remembers what was played and what came in, and learns the way between."""

    def __init__(self, rate: int) -> None:
        self._compared = round(_COMPARED * rate)
        self._recent = round(_RECENT * rate)
        self._kept = round((LONGEST + _COMPARED) * rate)
        self._played = np.zeros(self._kept, np.float32)
        self._heard = np.zeros(self._compared, np.float32)
        self._size = 1 << (self._kept + self._compared - 1).bit_length()
        self._lasting = np.zeros(self._kept - self._compared + 1)
        """Likeness at each delay, the longest first."""
        self._strength: float | None = None
        """The echo's, as a share of what was played; None as long as none was found."""

    def exchange(self, played: Samples, heard: Samples) -> None:
        """What went out and what came in during the same moment, equally long.

        Silence was played where nothing was. Raises ValueError for unequal lengths.
        """
        if len(played) != len(heard):
            raise ValueError(f"{len(played)} samples went out and {len(heard)} came in")
        self._played = _pushed(self._played, played)
        self._heard = _pushed(self._heard, heard)

    def similarity(self) -> float:
        """0–1: how much of the last 64 ms may be our own voice. Above one half: nothing but it.

        Takes 0.2 ms, so ask only where speech is heard while we talk and half a second after.
        """
        now = self._likeness()
        if now is None:
            return 0.0
        self._lasting = _MEMORY * self._lasting + (1 - _MEMORY) * now
        delay = int(np.argmax(self._lasting))
        if self._lasting[delay] < _FOUND:
            return float(min(1.0, now.max()))
        expected, came = self._strengths(delay)
        if now[delay] >= _PLAIN and expected > _QUIET:
            self._learn(came / expected)
        if self._strength is None:
            return float(min(1.0, now[delay]))
        return float(min(1.0, self._strength * expected / max(came, _QUIET)))

    def _likeness(self) -> npt.NDArray[np.float64] | None:
        """The normalised cross-correlation at each delay; None when nothing is there to compare."""
        heard, played = _whitened(self._heard), _whitened(self._played)
        strength = float(np.sqrt(np.dot(heard, heard)))
        if strength < _QUIET * len(heard) ** 0.5:
            return None
        spectrum = np.fft.rfft(played, self._size) * np.conj(np.fft.rfft(heard, self._size))
        like = np.fft.irfft(spectrum, self._size)[: len(self._lasting)]
        energy = np.concatenate([[0.0], np.cumsum(np.square(played, dtype=np.float64))])
        parts = np.sqrt(np.maximum(energy[len(heard) :] - energy[: -len(heard)], 1e-9))
        return np.asarray(np.abs(like) / (parts * strength), np.float64)

    def _strengths(self, delay: int) -> tuple[float, float]:
        """Root mean square of what was played then, and of what came now."""
        end = delay + self._compared
        # A room rings on, so the loudest of the moment and the one before it counts.
        parts = [self._played[end - self._recent : end], self._played[delay : end - self._recent]]
        return max(map(_loudness, parts)), _loudness(self._heard[-self._recent :])

    def _learn(self, strength: float) -> None:
        known = self._strength if self._strength is not None else strength
        self._strength = known + (_UP if strength > known else _DOWN) * (strength - known)


def _loudness(sound: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))


def _pushed(line: Samples, new: Samples) -> Samples:
    return np.concatenate([line, new])[-len(line) :]


def _whitened(sound: Samples) -> Samples:
    """Lows taken down: else any two vowels of one pitch look alike."""
    return np.diff(sound, prepend=sound[:1]).astype(np.float32)
