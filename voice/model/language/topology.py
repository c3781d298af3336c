"""Numbers of Kaldi's transitions for the topology that the acoustic model is written with.

Phone 1 is silence (one state, blank); phone k + 2 is unit k of `UNITS` (a state for the sound, then
a state for the blank behind it). `voice.model.acoustic.topology` writes the same into `final.mdl`.
"""

from voice.model.units import UNITS

SILENCE_STAYS = 1
"""A further frame of blank."""


def transition_count(units: int) -> int:
    """Transition numbers run from 1 to this: two for the blank, five for each unit."""
    return 2 + 5 * units


LAST = transition_count(len(UNITS))
"""The highest transition; symbols that only keep homophones apart come after it."""


def enters(unit: int) -> int:
    """The first frame of unit `unit` (place in `UNITS`, from 0)."""
    return 3 + 5 * unit + 2


def stays(unit: int) -> int:
    """A further frame of it."""
    return 3 + 5 * unit
