"""What happens in a call, as the session is told."""

from dataclasses import dataclass

from bot.reply import Answer
from voice.line.leg import Failed, Gone, Held, Resumed
from voice.turn.voiced import Voiced

__all__ = ["Gone", "Held", "Resumed"]
"""Events of a leg that the session is told as they come; modules import the others by name."""


@dataclass(frozen=True)
class Admitted:
    """There is room for the call: while it rings, or when its place in the queue came."""


@dataclass(frozen=True)
class Queued:
    """All lines are busy; told again whenever the place changes."""

    position: int
    """1 is the next."""


@dataclass(frozen=True)
class TurnedAway:
    """Even the queue is full."""


@dataclass(frozen=True)
class Up:
    """Sound flows both ways."""


@dataclass(frozen=True)
class Sounded:
    """One window of the caller's sound."""

    voiced: Voiced
    echo: float | None = None
    """0–1, how much it resembles what we just said; None when nothing was said."""


@dataclass(frozen=True)
class PartialHeard:
    """Everything heard since the last turn ended; it may still change."""

    text: str


@dataclass(frozen=True)
class TurnHeard:
    """What was said in the turn that `EndTurn` closed."""

    text: str
    """As the conversation reads it; empty when nothing was said."""
    confidence: float = 1.0
    """0–1"""


@dataclass(frozen=True)
class EarsFailed:
    """The recogniser broke, or is too busy: some words are lost, it listens again now."""


@dataclass(frozen=True)
class KeyPressed:
    """A key of the telephone."""

    digit: str


@dataclass(frozen=True)
class AnswerReady:
    """What the conversation says to the words of `turn`."""

    turn: int
    answer: Answer


@dataclass(frozen=True)
class AnswerFailed:
    """The conversation raised: the database is away or locked."""

    turn: int


@dataclass(frozen=True)
class Started:
    """The first sound of this utterance is on its way."""

    id: int
    behind: float = 0.0
    """Seconds of a filler that are heard before it."""


@dataclass(frozen=True)
class Played:
    """This utterance was heard to its end."""

    id: int
    seconds: float = 0.0
    """That it sounded; what was broken off and went on: since then."""


@dataclass(frozen=True)
class Stopped:
    """This utterance was broken off."""

    id: int
    heard: float
    """Seconds of it that were heard, from its beginning."""
    seconds: float = 0.0
    """That it sounded; what was broken off and went on: since then."""


@dataclass(frozen=True)
class VoiceFailed:
    """No voice could speak this utterance."""

    id: int


@dataclass(frozen=True)
class AlarmKept:
    """The alarm that was asked for is on disk."""


@dataclass(frozen=True)
class AlarmStuck:
    """The alarm isn't on disk yet; it is tried on and on."""


@dataclass(frozen=True)
class HandedOver:
    """An operator picked up and hears the caller."""


@dataclass(frozen=True)
class NotHandedOver:
    """No operator came to the phone; the caller is still here."""

    why: Failed


@dataclass(frozen=True)
class Claimed:
    """Somebody at the desk has taken the caller over, and is about to speak with them."""


@dataclass(frozen=True)
class OperatorLost:
    """Whoever had the caller can't be heard any more, or let them go: another one is needed."""


@dataclass(frozen=True)
class OperatorLeft:
    """The operator is done, the caller is still here."""


@dataclass(frozen=True)
class Tick:
    """The time that `Session.next_due` named has come."""


Event = (
    Admitted
    | Queued
    | TurnedAway
    | Up
    | Sounded
    | PartialHeard
    | TurnHeard
    | EarsFailed
    | KeyPressed
    | AnswerReady
    | AnswerFailed
    | Started
    | Played
    | Stopped
    | VoiceFailed
    | AlarmKept
    | AlarmStuck
    | HandedOver
    | NotHandedOver
    | Claimed
    | OperatorLeft
    | OperatorLost
    | Held
    | Resumed
    | Gone
    | Tick
)
