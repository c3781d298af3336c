"""What the driver of a call needs from outside; tests bring their own."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from bot.conversation import Incoming
from bot.reply import Answer
from voice.audio.pcm import Samples
from voice.line.leg import CallLeg, Pcm16
from voice.synthesis.port import Style

T = TypeVar("T")


class Run(Protocol):
    """Does something that may block, beside the event loop."""

    def __call__(self, function: Callable[[], T]) -> Awaitable[T]:
        """Gives what it gave, raises what it raised."""
        ...


class Talker(Protocol):
    """The conversation (`bot.conversation`); every method may block and may raise."""

    def handle(self, incoming: Incoming) -> Answer: ...

    def notice(self, incoming: Incoming) -> bool: ...

    def raise_for_silence(self, incoming: Incoming) -> Answer: ...

    def overhear(self, incoming: Incoming) -> None: ...


class Voice(Protocol):
    """The speaker (`voice.synthesis.speaker`)."""

    def stream(
        self, text: str, style: Style | None = None, *, rate: int = ..., patience: float = ...
    ) -> Iterator[Samples]: ...


class Ears(Protocol):
    """What hears one call. Partials are told to whoever made it."""

    def push(self, samples: Samples) -> None:
        """Some more sound. Raises OverloadedError, or what the recogniser raised."""
        ...

    def finish(self) -> "Awaitable[tuple[str, float]]":
        """Text and confidence of everything since the turn before. Raises as `push`."""
        ...

    def narrow(self, slot: str | None) -> None:
        """The answer to this slot's question is expected."""
        ...


class Tape(Protocol):
    """The recording of the caller's leg (`care.calls.recording`); `now` in the driver's clock."""

    def heard(self, samples: Pcm16, now: float) -> None: ...

    def played(self, samples: Pcm16, now: float) -> None: ...

    def flushed(self, now: float) -> None: ...

    def close(self, now: float) -> None: ...


class Journal(Protocol):
    """The record of one call (`care.calls.record`); returns at once and never raises."""

    def note(self, kind: str, detail: Mapping[str, str | float | int | bool], at: datetime) -> None:
        """A decision, or what was heard or said."""
        ...

    def answered(self, at: datetime) -> None: ...

    def belongs(
        self, *, elder_id: int | None = None, conversation_id: int | None = None
    ) -> None: ...

    def agreed(self, at: datetime) -> None:
        """To be recorded."""
        ...

    def refused(self, at: datetime) -> None:
        """To be recorded: what there is is deleted."""
        ...

    def ended(self, why: str, at: datetime) -> None: ...


class Operators(Protocol):
    """Telephones at which somebody can be fetched to talk with a caller."""

    async def fetch(self, caller: CallLeg, *, desk: bool) -> tuple[str, CallLeg | None]:
        """The name of an operator's telephone that was picked up, and its leg; none when the
        carrier took the caller over. Where somebody sits at the `desk`, they are given time, too.
        Raises TransferError when nobody came."""
        ...

    async def dial(self, target: str) -> CallLeg:
        """A certain telephone that was picked up. Raises DialError."""
        ...
