"""What those work with who see to it that somebody has a caller."""

from collections.abc import Callable
from dataclasses import dataclass

from voice.call.handover import CallHandovers
from voice.call.ports import Ears, Operators, Run, Tape
from voice.line.leg import CallLeg


@dataclass(frozen=True)
class Means:
    """Of one call."""

    leg: CallLeg
    """The caller's."""
    operators: Operators
    handovers: CallHandovers
    run: Run
    clock: Callable[[], float]
    make_ears: Callable[[int, Callable[[str], None]], Ears]
    tape: Callable[[CallLeg], Tape]
    """The recording of an operator's leg."""
