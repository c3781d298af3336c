"""Both ways on one database, one after the other under the same talk."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

from benchmarks.calls.figures import Wait, wait
from benchmarks.desk.hotlines import House, open_house
from benchmarks.desk.talking import Happened, Talking
from benchmarks.desk.watching import Watch, Watched, ask_again, follow, watch

SECONDS = 45.0
"""Of each measurement."""


@dataclass(frozen=True)
class Way:
    """One way of keeping pages up to date."""

    asked: Wait
    """Milliseconds from the commit of a wish for a person until it stands in a queue."""
    said: Wait
    """Milliseconds from the commit of an utterance until it stands in the open conversation."""
    missing: int
    """Changes that never arrived."""
    megabytes: float
    """That all ten operators were sent."""
    busy: float
    """Of all cores' time that was worked, 0 to 1."""
    load: float
    """Processes that ran or wanted to, mean of the last minute."""
    left_out: int
    """Turns that the writing had no time for: the talk was thinner than it should be."""
    delays: tuple[float, ...]
    """Of all, in milliseconds, for the picture."""


@dataclass(frozen=True)
class Side:
    """One database."""

    database: str
    processes: int
    live: Way
    polling: Way


def measure(database: str, database_url: str, processes: int) -> Side:
    """Takes two minutes. Raises ServerError; ValueError when nothing arrived."""
    with open_house(database_url, processes) as house:
        live = _way(house, follow, elders=True)
        polling = _way(house, ask_again, elders=False)
    return Side(database, processes, live, polling)


def _way(house: House, how: Watch, *, elders: bool) -> Way:
    talking = Talking(house)
    psutil.cpu_percent()
    talking.start()
    watched = asyncio.run(watch(house, SECONDS, how, elders=elders))
    busy = psutil.cpu_percent() / 100
    happened = talking.stop()
    asked, said = list(_asked(happened, watched)), list(_said(happened, watched))
    arrived = [delay for delay in (*asked, *said) if delay is not None]
    return Way(
        asked=wait([delay for delay in asked if delay is not None]),
        said=wait([delay for delay in said if delay is not None]),
        missing=len(asked) + len(said) - len(arrived),
        megabytes=sum(screen.octets for screen in watched.screens) / 1e6,
        busy=busy,
        load=os.getloadavg()[0],
        left_out=talking.left_out,
        delays=tuple(sorted(arrived)),
    )


def _asked(happened: Happened, watched: Watched) -> Iterator[float | None]:
    """Of each wish at each operator."""
    for number, at in happened.asked.items():
        if watched.since <= at < watched.until:
            for screen in watched.screens:
                yield _delay(at, screen.asked.get(number))


def _said(happened: Happened, watched: Watched) -> Iterator[float | None]:
    """Of each utterance at the operator who has its conversation open."""
    open_at = {screen.talk: screen for screen in watched.screens}
    for number, (talk, at) in happened.said.items():
        if watched.since <= at < watched.until and talk in open_at:
            yield _delay(at, open_at[talk].said.get(number))


def _delay(at: float, seen: float | None) -> float | None:
    """Milliseconds; a page can be quicker than the thread that notes the commit."""
    return None if seen is None else max(0.0, seen - at) * 1000
