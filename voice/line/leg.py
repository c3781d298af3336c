"""The port: one telephone connection, and what carries many of them.

All methods are called in the event loop of the line; none but the awaited ones ever blocks.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

Pcm16 = npt.NDArray[np.int16]
"""Mono sound at the rate of its leg."""


class LegState(StrEnum):
    """Where a connection stands; it only moves down, but for HELD and UP."""

    RINGING = "ringing"
    UP = "up"
    HELD = "held"
    """By the other side: they hear nothing of what is played."""
    GONE = "gone"


class Ended(StrEnum):
    """Why a connection is gone."""

    THEY_HUNG_UP = "they hung up"
    WE_HUNG_UP = "we hung up"
    CANCELLED = "cancelled"
    """Before it was answered."""
    LOST = "lost"
    """No sound came for too long, or the carrier failed."""
    MOVED = "moved"
    """Handed to another telephone."""


class CameBack(StrEnum):
    """How somebody comes to talk with us again in the same telephone call."""

    LINE = "line"
    """They were cut off: our process ended, or the connection to the PBX was lost."""
    OPERATOR = "operator"
    """They were handed on to an operator's telephone, which is gone now."""


class Failed(StrEnum):
    """Why a telephone that was called, or handed to, can't be talked with."""

    BUSY = "busy"
    NO_ANSWER = "no answer"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"


class DialError(RuntimeError):
    """A telephone that was called did not come to the phone."""

    def __init__(self, why: Failed) -> None:
        super().__init__(f"the call was not answered: {why}")
        self.why = why


class TransferError(RuntimeError):
    """A caller could not be handed on; the connection with them is as it was."""

    def __init__(self, why: Failed) -> None:
        super().__init__(f"the caller could not be handed on: {why}")
        self.why = why


@dataclass(frozen=True)
class Sound:
    """What the other side said; frames follow each other without gaps, 20 ms as a rule."""

    samples: Pcm16


@dataclass(frozen=True)
class Key:
    """A key was pressed: `0`-`9`, `*`, `#`, `A`-`D`. Told once for each press."""

    digit: str


@dataclass(frozen=True)
class Held:
    """The other side put us on hold."""


@dataclass(frozen=True)
class Resumed:
    """The other side took us back from hold."""


@dataclass(frozen=True)
class Gone:
    """The last event of a leg."""

    why: Ended


LegEvent = Sound | Key | Held | Resumed | Gone


class CallLeg(Protocol):
    """One telephone connection, seen from us."""

    @property
    def id(self) -> str:
        """Unique in this process and not guessed from the outside."""
        ...

    @property
    def caller(self) -> str | None:
        """The number that calls, digits and a leading + only; None when it is withheld."""
        ...

    @property
    def called(self) -> str | None:
        """The number that was called."""
        ...

    @property
    def came_back(self) -> CameBack | None:
        """Whether they were talking with us already, and from where they come back."""
        ...

    @property
    def state(self) -> LegState: ...

    @property
    def rate(self) -> int:
        """Of the samples both ways: 8000, or 16000 for wide-band codecs; fixed once it is UP."""
        ...

    @property
    def queued(self) -> float:
        """Seconds that were given to `play` and aren't sent yet."""
        ...

    def events(self) -> AsyncIterator[LegEvent]:
        """Everything that happens from now on, ending after Gone. For one reader.

        Also while ringing. A reader that is slow loses no Key and no Gone; of Sound no more than
        two seconds wait, then the oldest is lost.
        """
        ...

    async def answer(self) -> None:
        """Picks up; sound flows both ways when it returns. Nothing happens if they are gone."""
        ...

    def play(self, samples: Pcm16) -> None:
        """Appends to what is being said; the leg paces. Lost without complaint when gone."""
        ...

    def flush(self) -> float:
        """Stops talking at once; gives the seconds that were queued and won't be heard."""
        ...

    async def hang_up(self) -> None:
        """Ends it, or refuses it while ringing; nothing happens if it is gone already."""
        ...

    async def transfer(self, target: str, timeout: float = 20.0) -> None:
        """Hands the caller to another telephone through the carrier (SIP REFER or its like).

        Returns when the other telephone took over: then this leg is Gone(MOVED). Raises
        TransferError otherwise, with the caller still here.
        """
        ...

    async def hold(self) -> None:
        """Puts the other side on hold; `resume` takes them back."""
        ...

    async def resume(self) -> None: ...


class Line(Protocol):
    """What carries calls: one SIP endpoint, one PBX."""

    async def start(self, on_call: Callable[[CallLeg], None]) -> None:
        """Listens; `on_call` gets each leg that rings, and must return at once.

        Raises LineError when it can't listen, e.g. since the port is taken.
        """
        ...

    @property
    def registered(self) -> bool:
        """Whether the carrier knows where we are; from any thread. True where none has to be told,
        or somebody else tells them."""
        ...

    async def dial(self, target: str, *, timeout: float = 30.0) -> CallLeg:
        """Calls a telephone: a number or a SIP address; returns a leg that is UP.

        Raises DialError. Cancelling it hangs up.
        """
        ...

    async def stop(self) -> None:
        """Hangs up what is left and lets go of the port."""
        ...


class LineError(RuntimeError):
    """The line can't be opened; the text says what was wrong and what to do."""
