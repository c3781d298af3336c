"""One call over AudioSocket, as the port wants it."""

import asyncio
import math
from collections.abc import AsyncIterator
from dataclasses import dataclass

from voice.line.asterisk.endpoints import Endpoints
from voice.line.audiosocket.connection import RATE, Connection
from voice.line.inbox import Inbox
from voice.line.leg import (
    CameBack,
    Ended,
    Failed,
    Gone,
    LegEvent,
    LegState,
    Pcm16,
    Sound,
    TransferError,
)

_ATTACH = 5.0
"""Seconds from picking up until Asterisk connects; it takes some milliseconds."""


@dataclass(frozen=True)
class Handing:
    """A telephone that the caller is to be handed to."""

    endpoint: str
    seconds: int
    done: "asyncio.Future[None]"
    """Set when it was picked up; a TransferError when it was not, and the caller is back."""


class AudioSocketLeg:
    """Implements voice.line.leg.CallLeg. `announced` says that a dialplan waits for us."""

    def __init__(
        self,
        call: str,
        endpoints: Endpoints,
        *,
        caller: str | None = None,
        called: str | None = None,
        announced: bool = False,
        came_back: CameBack | None = None,
    ) -> None:
        self._id = call
        self._endpoints = endpoints
        self._caller = caller
        self._called = called
        self._announced = announced
        self.came_back = came_back
        self._state = LegState.RINGING
        self._inbox = Inbox()
        self._connection: Connection | None = None
        self._attached = asyncio.Event()
        self.decided: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        """Whether the call is to be picked up."""
        self.handing: Handing | None = None
        """A wish of ours that the dialplan has yet to fulfil."""
        self._failed: tuple[Handing, Failed] | None = None
        """One that it could not fulfil; told as soon as the caller can hear us again."""

    @property
    def id(self) -> str:
        """AudioSocket's UUID."""
        return self._id

    @property
    def caller(self) -> str | None:
        """As the dialplan told; None without its script."""
        return self._caller

    @property
    def called(self) -> str | None:
        """The extension that was reached."""
        return self._called

    @property
    def state(self) -> LegState:
        """Never HELD: that isn't told."""
        return self._state

    @property
    def rate(self) -> int:
        """Hz"""
        return RATE

    @property
    def queued(self) -> float:
        """Seconds that aren't sent yet."""
        return self._connection.queued if self._connection else 0.0

    def events(self) -> AsyncIterator[LegEvent]:
        """For one reader."""
        return self._inbox.read()

    async def answer(self) -> None:
        """Picks up, or takes what the dialplan picked up."""
        if self._state is not LegState.RINGING:
            return
        if not self.decided.done():
            self.decided.set_result(True)
        try:
            async with asyncio.timeout(_ATTACH):
                await self._attached.wait()
        except TimeoutError:
            self.end(Ended.LOST)
        if self._state is LegState.RINGING:
            self._state = LegState.UP

    def play(self, samples: Pcm16) -> None:
        """Appends; lost when there is nobody to hear it."""
        if self._connection:
            self._connection.play(samples)

    def flush(self) -> float:
        """Stops with the frame that is on its way."""
        return self._connection.flush() if self._connection else 0.0

    async def hang_up(self) -> None:
        """Ends it; a caller who rings hears that it is busy."""
        self.end(Ended.WE_HUNG_UP)

    async def transfer(self, target: str, timeout: float = 20.0) -> None:
        """Lets the dialplan call the other telephone, with music for the caller meanwhile.

        When the other telephone hangs up first, the caller comes back as a new leg of the line.
        Cancelling doesn't stop it.
        """
        endpoint = self._endpoints.of(target)
        possible = self._announced and self._state is LegState.UP and self.handing is None
        if endpoint is None or not possible or self._connection is None:
            raise TransferError(Failed.UNREACHABLE)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.handing = Handing(endpoint, max(1, math.ceil(timeout)), done)
        self._connection.close()
        await asyncio.shield(done)

    async def hold(self) -> None:
        """The other side hears nothing, and isn't heard."""
        if self._connection:
            self._connection.paused = True

    async def resume(self) -> None:
        """They hear again what waited."""
        if self._connection:
            self._connection.paused = False

    async def carry(self, connection: Connection) -> bool:
        """Asterisk is connected: until it ends; whether that was in an orderly way."""
        self._connection = connection
        self._attached.set()
        self._tell_failed()
        if self._state is LegState.GONE:
            connection.close()
        try:
            return await connection.run(self._tell)
        finally:
            self._connection = None
            self._attached.clear()

    @property
    def busy(self) -> bool:
        """Whether Asterisk is connected; a second connection would be somebody else's."""
        return self._connection is not None

    def end(self, why: Ended) -> None:
        """It is gone; nothing happens when it was gone already."""
        if self._state is LegState.GONE:
            return
        self._state = LegState.GONE
        self._inbox.put(Gone(why))
        self._attached.set()  # nobody waits for it in vain
        if not self.decided.done():
            self.decided.set_result(False)
        if self.handing is not None and not self.handing.done.done():
            self.handing.done.set_exception(TransferError(Failed.UNREACHABLE))
        self._tell_failed()
        if self._connection is not None:
            self._connection.close()

    def moved(self) -> None:
        """The other telephone was picked up."""
        if self.handing is not None and not self.handing.done.done():
            self.handing.done.set_result(None)
            self.end(Ended.MOVED)

    def back(self, why: Failed) -> None:
        """The other telephone was not picked up; the caller is about to be connected again."""
        handing, self.handing = self.handing, None
        if handing is not None:
            self._failed = (handing, why)

    def _tell_failed(self) -> None:
        failed, self._failed = self._failed, None
        if failed is not None and not failed[0].done.done():
            failed[0].done.set_exception(TransferError(failed[1]))

    def _tell(self, event: LegEvent) -> None:
        if self._state is LegState.UP or not isinstance(event, Sound):
            self._inbox.put(event, RATE)
