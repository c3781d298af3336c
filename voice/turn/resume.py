"""Where our voice goes on after it was stopped for nothing."""

from bisect import bisect_right
from collections.abc import Sequence

_BACK = 0.3
"""Seconds before the stop that the caller's noise may have covered."""

_FAR = 4.0
"""Seconds that are said again at most; a clause that began earlier isn't begun anew."""


def resume_at(stopped: float, starts: Sequence[float] = ()) -> float:
    """The second of the utterance to go on from, given the one at which it was stopped.

    `starts` are the seconds at which its clauses begin, in order: a clause is said again from its
    beginning, because half of one makes no sense.
    """
    covered = max(0.0, stopped - _BACK)
    place = bisect_right(starts, covered) - 1
    if place >= 0 and stopped - starts[place] <= _FAR:
        return starts[place]
    return covered
