"""Something that a process has to do from time to time (`hotline.rounds`).

A job is told nothing of the time: what it does once a night, or once a month, it finds out from its
own clock and from what the database says was done. So nothing is lost with the process.
"""

from collections.abc import Callable
from dataclasses import dataclass

from care.stopping import Stopped


@dataclass(frozen=True)
class Job:
    """Something short to do at the start, and again and again."""

    name: str
    """For the log."""
    every: float
    """Seconds from one beginning to the next."""
    do: Callable[[], object]
    """The other short ones wait meanwhile. What it raises is logged, and the next time tries
    again."""


@dataclass(frozen=True)
class LongJob:
    """The same, of what may take minutes: short ones don't wait for it."""

    name: str
    every: float
    do: Callable[[Stopped], object]
    """In portions, and asks between two of them whether the process ends."""


Jobs = tuple[Job | LongJob, ...]
"""What a part of the process has to have done."""
