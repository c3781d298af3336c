"""What picked up a call of ours: a person says 喂 and waits, a machine talks and beeps."""

from dataclasses import dataclass, field
from enum import StrEnum

from voice.turn.voiced import SURE, Voiced

WAIT = 2.5
"""Seconds of silence after which we speak first: some people pick up and say nothing."""
_PAUSE = 0.8
"""Seconds of silence that end what was said. Inside an announcement pauses are shorter."""
_MONOLOGUE = 4.0
"""Seconds of talk that no person holds who has just picked up (喂你好哪位 takes 1.5)."""
_BEEP = 0.25
"""Seconds of a steady tone that is no speech."""
_TONE = 0.9
"""How periodic a beep is at least (`Voiced.pitch`)."""
_LOUD = -45.0
"""dB; a beep is no hum of the line."""
_LONGEST = 30.0
"""Seconds that we listen to a machine before we speak anyhow."""


class Other(StrEnum):
    """Whom or what we reached."""

    PERSON = "person"
    MACHINE = "machine"


@dataclass
class Listener:
    """One call's first seconds; time is told by the sound."""

    _talk: float = 0.0
    """Seconds from the first to the last sound of what is being said."""
    _quiet: float = 0.0
    """Seconds of silence since."""
    _beep: float = 0.0
    _beeped: bool = False
    _machine: bool = False
    _spoke: bool = field(default=False)

    def hear(self, voiced: Voiced) -> None:
        """One window of their sound."""
        beeps = voiced.probability < SURE and voiced.pitch >= _TONE and voiced.level > _LOUD
        self._beep = self._beep + voiced.seconds if beeps else 0.0
        self._beeped = self._beeped or self._beep >= _BEEP
        if voiced.probability >= SURE:
            self._talk += self._quiet + voiced.seconds if self._spoke else voiced.seconds
            self._quiet, self._spoke = 0.0, True
            self._machine = self._machine or self._talk >= _MONOLOGUE
        else:
            self._quiet += voiced.seconds

    def verdict(self, seconds: float) -> Other | None:
        """Whom we may speak to now, so many seconds after the call was picked up; None: wait."""
        if self._beeped or (self._machine and (self._quiet >= _PAUSE or seconds >= _LONGEST)):
            return Other.MACHINE
        if not self._machine and self._spoke and self._quiet >= _PAUSE:
            return Other.PERSON
        if not self._spoke and seconds >= WAIT and self._beep == 0.0:
            return Other.PERSON
        return Other.MACHINE if seconds >= _LONGEST else None

    def next_look(self, seconds: float) -> float:
        """Seconds after the pick-up when the verdict may change without any sound."""
        return WAIT if seconds < WAIT else max(_LONGEST, seconds + 0.5)
