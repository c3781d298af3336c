"""From frames to sounds: when somebody talked, from when to when."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

BREATH = 0.3
"""Seconds of silence that don't end a sound: pauses between words."""


@dataclass(frozen=True)
class Span:
    """A sound without a longer pause in it; seconds of the clock."""

    start: float
    end: float


@dataclass
class Spans:
    """Sounds that are still coming, frame by frame."""

    breath: float = BREATH
    found: list[Span] = field(default_factory=list)
    """The last one may go on."""

    def add(self, time: float, *, loud: bool) -> None:
        """The next frame, that was there at `time`."""
        if not loud:
            return
        last = self.found[-1] if self.found else None
        if last is not None and time - last.end <= self.breath:
            self.found[-1] = Span(last.start, time)
        else:
            self.found.append(Span(time, time))


def spans(times: Sequence[float], loud: Sequence[bool], breath: float = BREATH) -> list[Span]:
    """The sounds in frames that were there at `times`."""
    whole = Spans(breath)
    for time, speaks in zip(times, loud, strict=True):
        whole.add(time, loud=speaks)
    return whole.found


def loud_since(times: Sequence[float], loud: Sequence[bool], since: float) -> list[float]:
    """When the loud frames were there, not counting those before `since`."""
    start = bisect_left(times, since)
    return [times[place] for place in range(start, len(times)) if loud[place]]
