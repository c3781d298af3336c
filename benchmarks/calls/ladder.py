"""How many calls talk at once until the answers come too late."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.calls.figures import Wait

STEP = 4
"""Calls more on each rung, until one doesn't hold."""
LATEST = 1.85
"""Seconds by which 95 % of the answers must be heard."""


@dataclass(frozen=True)
class Rung:
    """One number of calls at once."""

    calls: int
    first: Wait
    answer: Wait
    unanswered: int
    dead_air: int
    load: float
    """Of the machine, from its kernel: processes that run or want to, mean of a minute."""
    busy: float
    """Share of all cores that worked, whoever had them, 0 to 1."""
    cores: float
    """Cores that each call kept at work: ours, Rasa among it."""

    @property
    def holds(self) -> bool:
        """Whether so many calls are answered in time, all of them."""
        return self.first.p95 < LATEST and not self.unanswered


def held(rungs: Sequence[Rung]) -> int:
    """The most calls that were held with every smaller number held, too; 0 for none."""
    most = 0
    for rung in sorted(rungs, key=lambda each: each.calls):
        if not rung.holds:
            return most
        most = rung.calls
    return most


def next_rung(rungs: Sequence[Rung]) -> int | None:
    """How many calls to try next; None when it is known how many are held.

    Up in steps, then to the middle between what held and what didn't; single calls aren't told
    apart above four.
    """
    low = held(rungs)
    broken = [rung.calls for rung in rungs if not rung.holds]
    if not broken:
        return low + STEP - low % STEP
    high = min(broken)
    middle = (low + high) // 2
    return None if middle in {low, high} or (high - low <= 2 and high > STEP) else middle
