"""What all calls of one process share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.conversation import Conversation
from care.calls.notebook import Job
from care.storage.engine import Sessions
from voice.call.about_call import AboutCall
from voice.call.alarms import AlarmKeeper
from voice.call.ports import Ears, Journal, Run, Tape, Voice
from voice.call.prompts import CallPrompts
from voice.line.leg import CallLeg, Line
from voice.synthesis.port import Style


class MakeEars(Protocol):
    """Ears for one call."""

    def __call__(self, rate: int, hear: Callable[[str], None]) -> Ears:
        """`rate` in Hz; `hear` is told each partial text, in the event loop."""
        ...


class Books(Protocol):
    """Where the records of calls are kept."""

    def open(self, leg: CallLeg, *, outbound: bool) -> Journal:
        """A new call's."""
        ...

    def tape(
        self, journal: Journal, leg: CallLeg, now: float, *, of_operator: bool = False
    ) -> Tape:
        """The recording of a leg, from `now` on; keeps nothing where nothing is recorded."""
        ...

    @property
    def records(self) -> bool:
        """Whether sound is kept, which callers have to be told."""
        ...


@dataclass(frozen=True)
class Equipment:
    """Made once at the start."""

    line: Line
    conversation: Conversation
    voice: Voice
    make_ears: MakeEars
    alarms: AlarmKeeper
    books: Books
    sessions: Sessions
    later: Callable[[Job], None]
    """Has a change written as soon as the database takes it (`care.calls.notebook`)."""
    prompts: CallPrompts
    about: AboutCall
    run: Run
    clock: Callable[[], float]
    """Seconds, never going back."""
    style: Style
    operators: Sequence[str] = ()
    """Telephones of operators."""
    refers: bool = False
    """Whether callers are handed over through the carrier."""
