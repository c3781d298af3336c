"""What whoever has something to tell (the ladder of an alarm) says, and what comes back."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Audience(str, Enum):
    """Whom a notice is for; `[notices]` of the settings says who and where they are."""

    DUTY = "duty"
    SUPERVISOR = "supervisor"
    CONTACTS = "contacts"
    """The elder's own emergency contacts: the notice brings their numbers along."""
    EXTERNAL = "external"
    """A service outside the house, such as the street's on-call room."""

    @property
    def may_be_nobody(self) -> bool:
        """Whether a house without anybody of the audience is a house in order."""
        return self is Audience.EXTERNAL


@dataclass(frozen=True)
class Notice:
    """One thing to tell one audience."""

    key: str
    """What makes it this notice, e.g. `A1121-0F3A2B/duty`; 120 characters at most.

    A step that runs again after a restart sends the same key: whoever has it isn't told twice.
    """
    audience: Audience
    title: str
    """One line: the subject of a mail."""
    text: str
    """What is read. It leaves the house: no more of an elder than the reader needs."""
    spoken: str | None = None
    """What a telephone call says; None: the text."""
    phones: tuple[str, ...] = ()
    """Numbers of the elder's contacts, best first; only for CONTACTS."""
    alarm_ref: str | None = None
    """The alarm that it is about."""


@dataclass(frozen=True)
class Receipt:
    """What came of it; also kept in `notice_deliveries`, an attempt a row."""

    reached: int
    """Recipients who were told through one of their routes."""
    missed: int
    """Recipients whom no route reached; 0 of both: nobody is configured for the audience."""

    @property
    def addressed(self) -> bool:
        """Whether there was anybody to tell."""
        return self.reached + self.missed > 0

    @property
    def delivered(self) -> bool:
        """Whether anybody knows."""
        return self.reached > 0


class Notifier(Protocol):
    """Implemented by `care.notices.dispatch.Dispatch`."""

    def send(self, notice: Notice) -> Receipt:
        """Tells every recipient of the audience through the first of their routes that works.

        Blocks until everybody is told or given up: seconds when all is well, minutes when people
        are telephoned, so nothing that is urgent may wait for it. Raises nothing for what goes
        wrong outside; a database that fails does raise.
        """
        ...
