"""How an alarm ended, for the statistics; the words for people stand in `data/alarms/words.yml`."""

from enum import Enum


class Outcome(str, Enum):
    """Chosen by the person who closes it."""

    HELPED = "helped"
    """Somebody needed help and has it."""
    NO_HELP_NEEDED = "no_help_needed"
    """It was as reported, and over by itself."""
    DUPLICATE = "duplicate"
    """Dealt with under another alarm of the case."""
    PRESSED_BY_MISTAKE = "pressed_by_mistake"
    TEST = "test"
    DEVICE_FAULT = "device_fault"
    MISUNDERSTOOD = "misunderstood"
    """The assistant heard an emergency where there was none."""
    PRANK = "prank"

    @property
    def is_false(self) -> bool:
        """Whether it counts as a false alarm."""
        return self in _FALSE


_FALSE = {
    Outcome.PRESSED_BY_MISTAKE,
    Outcome.TEST,
    Outcome.DEVICE_FAULT,
    Outcome.MISUNDERSTOOD,
    Outcome.PRANK,
}
