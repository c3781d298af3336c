"""What every voice can do, and how a caller wants to hear it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from voice.audio.pcm import Samples

RATE = 24_000
"""Hz of everything between a synthesiser and the speaker."""

LIMITS = {"speed": (0.6, 1.3), "volume": (-12.0, 9.0), "pauses": (0.5, 3.0)}
"""Least and most of each number of a style."""


class StyleError(ValueError):
    """A style that no voice speaks in: which field, and what it takes."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field} is {value!r}: expected {expected}")
        self.field = field


class SynthesisError(RuntimeError):
    """Nothing could be spoken; the text says what to look at and holds no word of the caller."""


@dataclass(frozen=True)
class Style:
    """How one caller hears the assistant. Raises StyleError for a number out of its limits."""

    voice: str = "zf_xiaobei"
    """An id of `data/speech/voices.yml`."""

    speed: float = 0.85
    """1 is the voice's own; elders understand 0.85 better."""

    volume: float = 0.0
    """dB above the usual loudness."""

    pauses: float = 1.0
    """Times the usual pauses. Longer pauses help elders more than stretched words do."""

    def __post_init__(self) -> None:
        for field, (least, most) in LIMITS.items():
            value = getattr(self, field)
            if not isinstance(value, int | float) or not least <= value <= most:
                raise StyleError(field, value, f"{least} to {most}")


class Synthesiser(Protocol):
    """A voice engine."""

    rate: int
    """Hz of what it yields."""

    def stream(self, text: str, style: Style) -> Iterator[Samples]:
        """The text in chunks, each ready to be played after the one before.

        `text` is in its spoken form (`voice.spoken.form`). Raises SynthesisError.
        """
        ...
