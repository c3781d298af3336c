"""What is told of many measured times."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Milliseconds of the same thing done several times."""

    median: float
    p95: float
    count: int


def times(seconds: Sequence[float]) -> Times:
    """In milliseconds; of a single one the p95 is itself. Raises ValueError for none."""
    if not seconds:
        raise ValueError("nothing was measured")
    p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1] if seconds[1:] else seconds[0]
    return Times(statistics.median(seconds) * 1000, p95 * 1000, len(seconds))


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
