"""What the session wants to be done; the driver does it and tells with an event how it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice.synthesis.port import Style


@dataclass(frozen=True)
class PickUp:
    """Answers the telephone. Told back: Up."""


@dataclass(frozen=True)
class Say:
    """Speaks, after what is being said. Told back: Started, then Played, Stopped or VoiceFailed."""

    id: int
    text: str
    style: Style


@dataclass(frozen=True)
class Fill:
    """Plays a short rendered sentence at once, before the utterance that is not started yet.

    Nothing is told back.
    """

    text: str
    style: Style


@dataclass(frozen=True)
class StopTalking:
    """Breaks off what is being said, at once. Told back: Stopped."""

    id: int


@dataclass(frozen=True)
class GoOn:
    """Says the rest of an utterance that was broken off. Told back as for Say."""

    id: int
    stopped: float
    """Seconds from its beginning that were heard."""


@dataclass(frozen=True)
class EndTurn:
    """The caller has finished: asks the ears for the whole turn. Told back: TurnHeard."""


@dataclass(frozen=True)
class Hear:
    """Hands the caller's words to the conversation. Told back: AnswerReady or AnswerFailed."""

    turn: int
    text: str


@dataclass(frozen=True)
class Keep:
    """Keeps what was said to somebody else: nobody answers."""

    text: str


@dataclass(frozen=True)
class Identify:
    """They said which elder they are."""

    elder: int
    """The record."""


@dataclass(frozen=True)
class Narrow:
    """From now on the answer to this slot's question is expected; None: anything."""

    slot: str | None


@dataclass(frozen=True)
class RaiseAlarm:
    """An emergency in words that are still being spoken. Told back: AlarmKept or AlarmStuck."""

    text: str


@dataclass(frozen=True)
class RaiseForSilence:
    """Something alarming was said, then nothing more. Told back as for Hear."""

    turn: int
    note: str
    """For the operators."""


@dataclass(frozen=True)
class Transfer:
    """Brings an operator, with a hold tone until then.

    Told back: HandedOver (and later OperatorLeft or OperatorLost), or NotHandedOver. Claimed comes
    unasked, too.
    """


@dataclass(frozen=True)
class HoldTone:
    """Plays, or ends, the tone that says: wait."""

    on: bool


@dataclass(frozen=True)
class GetThrough:
    """Gives this call a line although all are busy. Told back: Admitted."""


@dataclass(frozen=True)
class KeepRecording:
    """The caller was told that the call is recorded, and didn't object."""


@dataclass(frozen=True)
class StopRecording:
    """The caller doesn't want to be recorded: nothing of the recording is kept."""


@dataclass(frozen=True)
class CallBack:
    """Somebody is to telephone this caller."""

    reason: str


@dataclass(frozen=True)
class HangUp:
    """Ends the call. Told back: Gone."""


@dataclass(frozen=True)
class Note:
    """A decision, for the timeline of the call."""

    kind: str
    detail: Mapping[str, str | float | int | bool] = field(default_factory=dict)


Action = (
    PickUp
    | Say
    | Fill
    | StopTalking
    | GoOn
    | EndTurn
    | Hear
    | Keep
    | Narrow
    | Identify
    | RaiseAlarm
    | RaiseForSilence
    | Transfer
    | HoldTone
    | GetThrough
    | KeepRecording
    | StopRecording
    | CallBack
    | HangUp
    | Note
)
