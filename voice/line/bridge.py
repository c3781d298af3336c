"""Two legs that hear each other, without an exchange: this process carries the sound."""

import asyncio
from collections.abc import Callable

import numpy as np

from voice.audio.pcm import from_int16, to_int16
from voice.audio.resampling import Resampler
from voice.line.leg import CallLeg, Gone, LegEvent, LegState, Sound

DELAY = 0.2
"""Seconds that may wait to be said on a leg.

The clocks of two telephones differ, so one side speaks a little faster than the other hears: what
would add up is dropped, a frame at a time.
"""

CUSHION = 0.04
"""Seconds of silence before the first frame, so that the next one may come a little late."""

Told = Callable[[CallLeg, LegEvent], None]
"""Gets every event of both legs, sound too, after it was passed on."""


class Bridge:
    """Reads both legs from `start` until `stop`, or until either is gone.

    Neither leg is hung up: what becomes of the one that is left is decided by whoever is told.
    """

    def __init__(self, one: CallLeg, other: CallLeg, told: Told) -> None:
        """Two legs that are up, of any rates; nobody else may read their events meanwhile."""
        self._legs = one, other
        self._told = told
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Connects them; what was still to be said to either is forgotten."""
        one, other = self._legs
        one.flush()
        other.flush()
        self._tasks = [
            asyncio.create_task(self._carry(one, other)),
            asyncio.create_task(self._carry(other, one)),
        ]

    async def stop(self) -> None:
        """Parts them; both legs stay, and can be read by somebody else."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def ended(self) -> None:
        """Returns when either leg is gone, or at a stop."""
        await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        await self.stop()

    async def _carry(self, source: CallLeg, target: CallLeg) -> None:
        rates = Resampler(source.rate, target.rate, quick=True)
        async for event in source.events():
            if isinstance(event, Sound) and target.state is LegState.UP and target.queued < DELAY:
                samples = event.samples
                if source.rate != target.rate:
                    samples = to_int16(rates.push(from_int16(samples)))
                if not target.queued:
                    target.play(np.zeros(round(CUSHION * target.rate), np.int16))
                target.play(samples)
            self._told(source, event)
            if isinstance(event, Gone):
                return
