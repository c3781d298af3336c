"""Many calls: one after the other on a few telephones, or all at once."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.calls.caller import Recorded, call
from benchmarks.calls.dialogues import Dialogues
from evaluation.calls.voices import CallersVoice

_APART = 1.2
"""Seconds between two calls that are dialled: nobody's telephone rings with another's."""


@dataclass(frozen=True)
class Busy:
    """How the machine was while something was measured."""

    load: float
    """Processes that ran or wanted to, mean of the last minute."""
    share: float
    """Of all cores' time that was worked, 0 to 1."""


@dataclass(frozen=True)
class Calls:
    """What came of some calls."""

    recorded: list[Recorded]
    not_answered: int
    busy: Busy

    @property
    def seconds(self) -> float:
        """All of them together, one after the other."""
        return sum(each.over - each.dialled for each in self.recorded)


class Callers:
    """Elders with a telephone each; their calls of one benchmark."""

    def __init__(
        self, dialogues: Dialogues, voice: CallersVoice, folder: Path, told: Callable[[], None]
    ) -> None:
        """`told` is called after each sentence that was said."""
        self._dialogues, self._voice, self._folder, self._told = dialogues, voice, folder, told
        self._next = 0.0
        self._calls = 0

    async def make(
        self, port: int, numbers: Sequence[int], telephones: int, seconds: float
    ) -> Calls:
        """Calls the port with the dialogues of these numbers, so many of them at a time.

        After `seconds` nothing new is said and nobody calls any more.
        """
        waiting, until = iter(numbers), time.monotonic() + seconds
        recorded: list[Recorded | None] = []
        before = psutil.cpu_times()

        async def elder() -> None:
            for number in waiting:
                if time.monotonic() < until:
                    recorded.append(await self._call(port, number, until))

        await asyncio.gather(*(elder() for _ in range(telephones)))
        share = _worked(before, psutil.cpu_times())
        found = [each for each in recorded if each is not None]
        return Calls(found, len(recorded) - len(found), Busy(os.getloadavg()[0], share))

    async def _call(self, port: int, number: int, until: float) -> Recorded | None:
        now = time.monotonic()
        self._next = max(now, self._next + _APART)
        self._calls += 1
        folder = self._folder / str(self._calls)
        await asyncio.sleep(self._next - now)
        target, talk = f"sip:12349@127.0.0.1:{port}", self._dialogues.talk(number)
        return await call(target, talk, self._voice, folder, told=self._told, until=until)


def processor_time(root: int) -> float:
    """Seconds that this process and all below it have worked so far."""
    top = psutil.Process(root)
    times = [each.cpu_times() for each in (top, *top.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


def _worked(before: object, after: object) -> float:
    spent = [later - earlier for earlier, later in zip(_times(before), _times(after), strict=True)]
    idle = spent[3] + spent[4]
    return 1 - idle / max(1e-6, sum(spent))


def _times(times: object) -> Iterator[float]:
    """user, nice, system, idle, iowait and the rest, in Linux's order."""
    assert isinstance(times, tuple)  # noqa: S101 - psutil's named tuples
    yield from times[:8]
