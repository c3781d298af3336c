"""The records and recordings of the line's calls, in `care.calls`."""

from care.calls.kind import Direction
from care.calls.notebook import Notebook
from care.calls.record import Record
from care.calls.recorder import OPERATORS_LEG, Recorder
from care.calls.service import NewCall
from care.clock import Clock
from voice.call.ports import Journal, Tape
from voice.line.leg import CallLeg, Pcm16


class CallBooks:
    """Implements `voice.call.equipment.Books`."""

    def __init__(
        self,
        notebook: Notebook,
        recorder: Recorder | None,
        clock: Clock,
        *,
        channel: str,
        process: str,
        peer: str,
    ) -> None:
        """Without a `recorder` no sound is kept. `process` tells this one from others after a
        crash; at `peer` others reach it."""
        self._notebook, self._recorder, self._clock = notebook, recorder, clock
        self._channel, self._process, self._peer = channel, process, peer

    @property
    def records(self) -> bool:
        """See `Books.records`."""
        return self._recorder is not None

    def open(self, leg: CallLeg, *, outbound: bool) -> Journal:
        """See `Books.open`."""
        caller, called = (leg.called, leg.caller) if outbound else (leg.caller, leg.called)
        direction = Direction.OUT if outbound else Direction.IN
        new = NewCall(leg.id, direction, self._channel, caller, called, self._process, self._peer)
        return Record(self._notebook, new, self._clock())

    def tape(
        self, journal: Journal, leg: CallLeg, now: float, *, of_operator: bool = False
    ) -> Tape:
        """See `Books.tape`."""
        if self._recorder is None or not isinstance(journal, Record):
            return NoTape()
        voices = OPERATORS_LEG if of_operator else None
        return self._recorder.open(
            journal, leg=leg.id, rate=leg.rate, at=self._clock(), now=now, voices=voices
        )


class NoTape:
    """Implements `voice.call.ports.Tape` and keeps nothing."""

    def heard(self, samples: Pcm16, now: float) -> None:
        """See `Tape`."""

    def played(self, samples: Pcm16, now: float) -> None:
        """See `Tape`."""

    def flushed(self, now: float) -> None:
        """See `Tape`."""

    def close(self, now: float) -> None:
        """See `Tape`."""
