"""A centre's Asterisk as the line."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from voice.line.asterisk.arrivals import Arrivals, Role, role_of
from voice.line.asterisk.cause import ended
from voice.line.asterisk.event import Channel, Event
from voice.line.asterisk.found import sort_out
from voice.line.asterisk.handed import Handed, HandedOver
from voice.line.asterisk.leg import AsteriskLeg
from voice.line.asterisk.link import Link
from voice.line.asterisk.news import Back, News
from voice.line.asterisk.pbx import Pbx
from voice.line.asterisk.rest import Ari, AriError
from voice.line.asterisk.ring import quietly_hang_up, ring
from voice.line.asterisk.room import Room
from voice.line.leg import CallLeg, CameBack, Ended, LineError
from voice.line.number import number_of

_TOLD = (
    "StasisStart",
    "StasisEnd",
    "ChannelDestroyed",
    "ChannelHangupRequest",
    "ChannelHold",
    "ChannelUnhold",
    "ApplicationReplaced",
)
"""Events that are used; Asterisk has dozens more to tell of each call."""

_log = structlog.get_logger()


class AsteriskLine:
    """Implements voice.line.leg.Line. When Asterisk restarts, who was on the line is gone."""

    registered = True  # the PBX sees to its own trunks

    def __init__(self, pbx: Pbx) -> None:
        self._pbx = pbx
        self._ari = Ari(pbx)
        self._arrivals = Arrivals(pbx.app)
        self._link = Link(pbx, self._ari, self._arrivals)
        self._news = News(pbx)
        self._legs: dict[str, AsteriskLeg] = {}
        """By the caller's channel."""
        self._handed = HandedOver()
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_call: Callable[[CallLeg], None] = lambda leg: None

    async def start(self, on_call: Callable[[CallLeg], None]) -> None:
        """Connects; calls that a process before us left behind come to `on_call`, too."""
        self._on_call = on_call
        await self._news.open()
        try:
            await self._look_around(first=True)
        except AriError as error:
            await self.stop()
            raise LineError(f"Asterisk at {self._pbx.url} doesn't talk with us: {error}") from error
        self.spawn(self._listen())

    async def dial(self, target: str, *, timeout: float = 30.0) -> CallLeg:
        """Calls a number, a SIP address, or a telephone that pjsip.conf names."""
        channel = await ring(self._link, Role.DIALLED, target, timeout)
        leg = AsteriskLeg(
            self._room(channel), self, caller=number_of(self._pbx.shown), called=number_of(target)
        )
        self._legs[channel] = leg
        try:
            await leg.open()
        except asyncio.CancelledError:
            await leg.hang_up()
            raise
        return leg

    async def stop(self) -> None:
        """Hangs up; callers who are with an operator stay with them."""
        await asyncio.gather(*(leg.hang_up() for leg in list(self._legs.values())))
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._news.close()
        await self._ari.close()

    async def ring_operator(self, target: str, timeout: float) -> str:
        """The channel of an operator who picked up. Raises DialError."""
        return await ring(self._link, Role.OPERATOR, target, timeout)

    async def hang_up(self, channel: str, reason: str = "normal") -> None:
        """Ends a channel; never fails."""
        await quietly_hang_up(self._ari, channel, reason)

    async def hold(self, channel: str, *, on: bool) -> None:
        """Music on hold; never fails."""
        try:
            await (self._ari.hold(channel) if on else self._ari.unhold(channel))
        except AriError:
            return  # gone, which the leg is told by an event

    def handed(self, room: Room, operator: str, caller: str | None, called: str | None) -> None:
        """Watches over a caller and their operator."""
        self._handed.add(Handed(room, operator, caller, called))

    def forget(self, channel: str) -> None:
        """The leg of this channel is gone."""
        self._legs.pop(channel, None)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Does it in the background."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("work of the line ended in an error", exc_info=task.exception())

    async def _listen(self) -> None:
        async for event in self._news.read():
            if isinstance(event, Back):
                try:
                    await self._look_around()
                except AriError:
                    _log.warning("Asterisk is there again, but doesn't say what is going on")
            elif event.type == "ApplicationReplaced":
                _log.error("another process took our calls over: give each an app of its own")
                for leg in list(self._legs.values()):
                    await leg.told_gone(Ended.LOST)
                return
            elif event.channel is not None:
                try:
                    self._happened(event, event.channel)
                except Exception:  # one call's trouble must not end the line
                    _log.exception("an event of Asterisk could not be dealt with")

    def _happened(self, event: Event, channel: Channel) -> None:
        leg = self._legs.get(channel.id)
        match event.type:
            case "StasisStart":
                if not self._arrivals.came(channel.id):
                    self._came(channel)
            case "ChannelHangupRequest" if leg:
                leg.cause = event.cause
            case (
                "StasisEnd" | "ChannelDestroyed"
            ):  # of one that came to us, the first; else the last
                self._arrivals.ended(channel.id, event.cause)
                self._ended(channel.id)
            case "ChannelHold" if leg:
                leg.told_held(True)
            case "ChannelUnhold" if leg:
                leg.told_held(False)

    def _came(self, channel: Channel, *, left_behind: bool = False) -> None:
        if role_of(channel.id, self._pbx.app):
            self.spawn(self.hang_up(channel.id))  # too late: nobody waits for it any more
            return
        leg = AsteriskLeg(
            self._room(channel.id),
            self,
            caller=number_of(channel.caller.number),
            called=number_of(channel.dialplan.exten),
            picked_up=channel.state == "Up",
            came_back=CameBack.LINE if left_behind and channel.state == "Up" else None,
        )
        self._legs[channel.id] = leg
        self._on_call(leg)

    def _ended(self, channel: str) -> None:
        leg = self._legs.get(channel)
        if leg is not None:
            self.spawn(leg.told_gone(ended(leg.cause, answered=leg.picked_up)))
        handed = self._handed.end(channel)
        if handed is None:
            return
        if channel == handed.operator:
            self._come_back(handed)
        else:
            self.spawn(handed.room.close(handed.operator))

    def _come_back(self, handed: Handed) -> None:
        leg = AsteriskLeg(
            handed.room,
            self,
            caller=handed.caller,
            called=handed.called,
            picked_up=True,
            came_back=CameBack.OPERATOR,
        )
        self._legs[handed.room.caller] = leg
        self._on_call(leg)

    async def _look_around(self, *, first: bool = False) -> None:
        """Compares what we believe with what is in Asterisk; at `first` nothing is ours yet."""
        await self._ari.only(_TOLD)
        channels, bridges = await asyncio.gather(self._ari.channels(), self._ari.bridges())
        found = sort_out(channels, bridges, self._pbx.app)
        if first:
            for channel in found.loose:
                await self.hang_up(channel)
            for bridge in found.empty:
                await self._ari.drop(bridge)
        for channel, leg in list(self._legs.items()):
            if channel not in found.every:
                await leg.told_gone(Ended.LOST)
        for channel in self._handed.channels() - found.every:
            self._ended(channel)
        for caller, operator, bridge in found.with_operator:
            if caller.id not in self._handed.channels():
                room = self._room(caller.id, bridge)
                called = number_of(caller.dialplan.exten)
                self.handed(room, operator, number_of(caller.caller.number), called)
        for caller in found.callers:
            if caller.id not in self._legs and caller.id not in self._handed.channels():
                self._came(caller, left_behind=True)

    def _room(self, channel: str, bridge: str | None = None) -> Room:
        return Room(self._link, channel, bridge=bridge)
