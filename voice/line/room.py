"""Legs that hear each other, without an exchange: this process mixes their sound.

Each leg hears the sum of those whom its place lets it hear (`voice.line.place`).
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from voice.audio.pcm import from_int16, to_int16
from voice.audio.resampling import Resampler
from voice.line.inflow import CUSHION, DELAY, Inflow
from voice.line.leg import CallLeg, Gone, LegEvent, LegState, Pcm16, Sound
from voice.line.outbox import Outbox
from voice.line.pacer import FRAME, Pacer
from voice.line.place import Place, hears

Told = Callable[[CallLeg, LegEvent], None]
"""Gets every event of every leg, sound too."""


class _Member:
    """One leg in the room, at any rate that others hear it at."""

    def __init__(self, leg: CallLeg, place: Place) -> None:
        self.leg, self.place, self.held = leg, place, False
        self.inflow = Inflow(leg.rate)
        self.reader: asyncio.Task[None] | None = None
        self._frame: dict[int, Pcm16] = {}
        """What is said now, by the rate of who hears it."""
        self._rates: dict[int, tuple[Resampler, Outbox]] = {}

    def next(self) -> None:
        """Goes on by one frame."""
        self._frame = {self.leg.rate: self.inflow.take(round(FRAME * self.leg.rate))}

    def said(self, rate: int) -> Pcm16:
        """This frame at `rate` Hz."""
        if rate not in self._frame:
            made = Resampler(self.leg.rate, rate, quick=True), Outbox()
            resampler, ready = self._rates.setdefault(rate, made)
            ready.put(to_int16(resampler.push(from_int16(self._frame[self.leg.rate]))))
            count = round(FRAME * rate)
            taken = ready.take(count)  # the first is shorter by what the filter looks ahead
            self._frame[rate] = np.pad(taken, (count - len(taken), 0))
        return self._frame[rate]


class Room:
    """For one event loop. Nobody else may read the events of its legs meanwhile.

    No leg is hung up: what becomes of those that are left is decided by whoever is told.
    """

    def __init__(self, told: Told) -> None:
        self._told = told
        self._members: dict[str, _Member] = {}
        self._mixer: asyncio.Task[None] | None = None

    def add(self, leg: CallLeg, place: Place) -> None:
        """A leg that is up, of any rate; what was still to be said to it is forgotten."""
        leg.flush()
        member = self._members[leg.id] = _Member(leg, place)
        member.reader = asyncio.get_running_loop().create_task(self._read(member))
        if self._mixer is None:
            self._mixer = asyncio.get_running_loop().create_task(self._mix())

    def move(self, leg: CallLeg, place: Place) -> None:
        """Gives somebody another place."""
        self._members[leg.id].place = place

    def hold(self, leg: CallLeg, on: bool) -> None:
        """Whoever is held hears nothing of the room, and isn't heard in it."""
        self._members[leg.id].held = on

    async def remove(self, leg: CallLeg) -> None:
        """The leg stays, and can be read by somebody else."""
        member = self._members.pop(leg.id, None)
        if member is not None and member.reader is not None:
            await _ended(member.reader)

    async def stop(self) -> None:
        """Everybody leaves."""
        if self._mixer is not None:
            await _ended(self._mixer)
        for member in list(self._members.values()):
            await self.remove(member.leg)

    async def _read(self, member: _Member) -> None:
        async for event in member.leg.events():
            if isinstance(event, Sound):
                member.inflow.put(event.samples)
            if isinstance(event, Gone):
                self._members.pop(member.leg.id, None)
            self._told(member.leg, event)

    async def _mix(self) -> None:
        clock = asyncio.get_running_loop().time
        pacer = Pacer(clock())
        while True:
            for _ in range(pacer.due(clock())):
                for member in self._members.values():
                    member.next()
                for member in self._members.values():
                    self._let_hear(member)
            await asyncio.sleep(pacer.wait(clock()))

    def _let_hear(self, listener: _Member) -> None:
        leg = listener.leg
        if listener.held or leg.state is not LegState.UP or leg.queued >= DELAY:
            return
        mixed = np.zeros(round(FRAME * leg.rate), np.int32)
        for speaker in self._members.values():
            audible = hears(listener.place, speaker.place) and not speaker.held
            if speaker is not listener and audible:
                mixed += speaker.said(leg.rate)
        if not leg.queued:
            leg.play(np.zeros(round(CUSHION * leg.rate), np.int16))
        limits = np.iinfo(np.int16)
        leg.play(np.clip(mixed, limits.min, limits.max).astype(np.int16))


async def _ended(task: asyncio.Task[None]) -> None:
    if task is asyncio.current_task():
        return  # it told somebody who takes it out of the room: it ends by itself
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
