"""One window of sound, judged."""

from dataclasses import dataclass

SURE = 0.5
"""Probability from which a window counts as speech (Silero's own threshold)."""

STILL = 0.35
"""Probability down to which speech goes on once it has begun (Silero's own hysteresis of 0.15)."""

VOWEL = 0.8
"""Periodicity of a clear vowel."""

_DOUBTED = 0.2
"""Probability down to which a clear vowel counts: the first drawn-out syllable after a silence is
judged late by Silero. Hum, bells and keys stay below."""


@dataclass(frozen=True)
class Voiced:
    """How much like speech one window of 32 ms is."""

    start: float
    """Seconds of the clock."""

    seconds: float
    """How long the window is."""

    probability: float
    """0–1, that somebody speaks."""

    level: float = -25.0
    """dB below full scale, root mean square; −120 for digital silence."""

    pitch: float = 1.0
    """0–1, how periodic the sound is: a vowel is above 0.6, a cough, a door or a hiss below."""

    @property
    def end(self) -> float:
        """Seconds of the clock."""
        return self.start + self.seconds

    def is_speech(self, goes_on: bool = False) -> bool:
        """Whether somebody speaks here; `goes_on` where somebody did just before."""
        if self.probability >= (STILL if goes_on else SURE):
            return True
        return self.pitch >= VOWEL and self.probability >= _DOUBTED
