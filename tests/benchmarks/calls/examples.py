"""Calls that were never made: frames of 20 ms, and what was noted of them."""

from dataclasses import dataclass, field

from benchmarks.calls.caller import Recorded, Said
from benchmarks.calls.dialogues import Kind
from benchmarks.calls.spans import Spans
from benchmarks.calls.timeline import Noted, Timeline


@dataclass
class Frames:
    """Stands for a `Track`."""

    times: list[float] = field(default_factory=list)
    loud: list[bool] = field(default_factory=list)
    sounds: Spans = field(default_factory=Spans)


def frames(*sounds: tuple[float, float], until: float = 30.0) -> Frames:
    """Silence, and sound from each start to each end, in seconds."""
    found = Frames()
    for number in range(1, round(until / 0.02) + 1):
        at = number * 0.02
        found.times.append(at)
        found.loud.append(any(start < at - 0.01 < end for start, end in sounds))
    return found


def said(
    began: float, ended: float, kind: Kind = Kind.REQUEST, *, interrupts: bool = False
) -> Said:
    """A sentence of the caller's."""
    return Said("今天几号", kind, began, ended, interrupts)


def recorded(ear: Frames, *sentences: Said, over: float = 30.0) -> Recorded:
    """A call in which that was heard."""
    found = Recorded(0.0, Frames(), ear, list(sentences))  # type: ignore[arg-type]
    found.over = over
    return found


def timeline(
    *events: tuple[float, str, dict[str, object]], raised: float | None = None
) -> Timeline:
    """What was noted of that call."""
    notes = tuple(Noted(at, kind, detail) for at, kind, detail in events)
    return Timeline(0.0, notes, () if raised is None else (raised,))
