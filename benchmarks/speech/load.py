"""Many calls at once: how late each piece of sound is heard, on a clock that never sleeps."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

CHUNK = 0.1
"""Seconds of sound that a call brings at once."""

LATEST = 0.3
"""Seconds after its arrival by which 95 % of the chunks must be heard."""

_WARM = 5
"""Chunks that aren't counted."""


class Streams(Protocol):
    """Some calls that speak in step."""

    def tick(self, number: int) -> list[float]:
        """The next chunk of every call; seconds from the start until each was heard."""
        ...


@dataclass(frozen=True)
class Load:
    """How one number of calls went."""

    calls: int
    factor: float
    """Seconds of work for a second of all calls together; below 1 they are heard in time."""
    p95: float
    """Seconds from the arrival of a chunk until it was heard."""

    @property
    def holds(self) -> bool:
        """Whether so many calls are heard in time."""
        return self.factor < 1 and self.p95 < LATEST


def bear(streams: Streams, calls: int, ticks: int) -> Load:
    """Lets `calls` speak for `ticks` chunks (at least 20), without waiting in between.

    Chunks arrive on a clock of their own, every 0.1 s; what a tick takes longer than that, the
    next one begins late.
    """
    late = 0.0
    spent = 0.0
    latencies: list[float] = []
    for number in range(_WARM + ticks):
        heard = streams.tick(number)
        took = max(heard)
        if number < _WARM:
            continue
        latencies += [late + one for one in heard]
        spent += took
        late = max(0.0, late + took - CHUNK)
    p95 = statistics.quantiles(latencies, n=20, method="inclusive")[-1]
    return Load(calls, spent / (ticks * CHUNK), p95)


def most(attempt: Callable[[int], Load], *, tries: int = 6, start: int = 4) -> list[Load]:
    """Looks for the largest number of calls that holds; all attempts, the best one first.

    The first attempt tells about where to look, the others halve what is between. When not even
    one call holds, no attempt `holds`.
    """
    first = attempt(start)
    found = [first]
    low = start if first.holds else 0
    high = max(start + 1, round(1.3 * start / first.factor)) if first.holds else start
    for _ in range(tries - 1):
        if high - low <= max(1, low // 20):
            break
        load = attempt((low + high) // 2)
        found.append(load)
        low, high = (load.calls, high) if load.holds else (low, load.calls)
    return sorted(found, key=lambda load: (not load.holds, -load.calls))
