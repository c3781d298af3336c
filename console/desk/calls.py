"""Telephone calls as the desk speaks into them; the line itself comes in from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from care.changes.hub import Hub


class Part(str, Enum):
    """What somebody does in a call."""

    OPERATOR = "operator"
    """Has the caller."""
    GUEST = "guest"
    """Was called in, and talks with everybody."""
    LISTENER = "listener"
    """Hears everybody, and is heard by nobody."""
    WHISPERER = "whisperer"
    """Hears everybody, and is heard by the operator alone."""


@dataclass(frozen=True)
class OnCall:
    """Somebody who is on the line with a caller."""

    name: str
    """An operator's sign-in name, or what was telephoned."""
    part: Part
    leg: str
    """To name them by."""


@dataclass(frozen=True)
class Line:
    """A caller's call."""

    people: tuple[OnCall, ...]
    held: bool
    """The caller hears the hold tone."""

    def part_of(self, name: str) -> Part | None:
        """What an operator does in it; None when they aren't in it."""
        return next((each.part for each in self.people if each.name == name), None)


@dataclass(frozen=True)
class Browser:
    """What a headset is plugged into; both functions are called in the event loop of the web."""

    rate: int
    """Hz of its sound, both ways."""
    send: Callable[[bytes], None]
    """Gets each message of sound; must not block."""
    ended: Callable[[], None]
    """Told, once, that there will be no more."""
    broke: Callable[[], None]
    """Told in its place that the way to the call broke: another try may succeed."""


class NotInCallError(RuntimeError):
    """The call is over, or isn't theirs to speak into."""


class AwayError(NotInCallError):
    """The process that has the call doesn't answer; the caller may still be there, or not."""


class Plug(Protocol):
    """A browser's headset in a call."""

    def receive(self, octets: bytes) -> None:
        """One message of sound. Raises ValueError for what is no sound."""
        ...

    def pull(self) -> None:
        """The browser is gone."""
        ...


class Calls(Protocol):
    """The calls that the desk can speak into. From any thread."""

    def lines(self) -> Mapping[int, Line]:
        """All of them, by the callers' conversations."""
        ...

    async def plug(self, conversation: int, name: str, part: Part, browser: Browser) -> Plug:
        """Lets a browser in. Raises NotInCallError, and ValueError for a rate that none has."""
        ...

    async def follow(self, hub: Hub) -> None:
        """Has the calls do what the desk decides about hand-overs, until cancelled."""
        ...

    def dial(self, conversation: int, target: str, name: str, part: Part) -> None:
        """Telephones somebody, and lets them in under that name. Raises NotInCallError."""
        ...

    def hold(self, conversation: int, on: bool, by: str) -> None:
        """Puts the caller on hold, or takes them back. Raises NotInCallError."""
        ...

    def turn(self, conversation: int, name: str, part: Part) -> None:
        """Somebody does something else in the call. Raises NotInCallError."""
        ...

    def dismiss(self, conversation: int, leg: str) -> None:
        """Hangs up on somebody who was called in. Raises NotInCallError."""
        ...


class NoCalls:
    """Implements `Calls` for a process without a telephone line."""

    def lines(self) -> Mapping[int, Line]:
        """See `Calls`."""
        return {}

    async def plug(self, conversation: int, name: str, part: Part, browser: Browser) -> Plug:
        """See `Calls`."""
        raise NotInCallError

    async def follow(self, hub: Hub) -> None:
        """See `Calls`."""

    def dial(self, conversation: int, target: str, name: str, part: Part) -> None:
        """See `Calls`."""
        raise NotInCallError

    def hold(self, conversation: int, on: bool, by: str) -> None:
        """See `Calls`."""
        raise NotInCallError

    def turn(self, conversation: int, name: str, part: Part) -> None:
        """See `Calls`."""
        raise NotInCallError

    def dismiss(self, conversation: int, leg: str) -> None:
        """See `Calls`."""
        raise NotInCallError
