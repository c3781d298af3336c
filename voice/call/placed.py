"""A call that we placed, as whoever asked for it can look at it."""

from dataclasses import dataclass
from enum import StrEnum

from voice.call.machine import Other
from voice.line.leg import Failed


class Stage(StrEnum):
    """How far it is; it only goes on."""

    RINGING = "ringing"
    TALKING = "talking"
    OVER = "over"
    FAILED = "failed"


@dataclass
class Placed:
    """Written by the switchboard in the line's thread, read in any."""

    stage: Stage = Stage.RINGING
    why: Failed | None = None
    """It failed."""
    reached: Other | None = None
    """Who picked up; None as long as that isn't clear, or when they hung up before it was."""

    def failed(self, why: Failed) -> None:
        """Nobody came to the telephone."""
        self.why, self.stage = why, Stage.FAILED

    def over(self, reached: Other | None) -> None:
        """It was answered, and has ended."""
        self.reached, self.stage = reached, Stage.OVER
