"""One call through Asterisk, as the port wants it."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import structlog

from voice.line.asterisk.arrivals import NotComingError
from voice.line.asterisk.exchange import Exchange
from voice.line.asterisk.media import MediaError
from voice.line.asterisk.rest import AriError
from voice.line.asterisk.room import Room
from voice.line.inbox import Inbox
from voice.line.leg import (
    CameBack,
    DialError,
    Ended,
    Failed,
    Gone,
    Held,
    LegEvent,
    LegState,
    Pcm16,
    Resumed,
    Sound,
    TransferError,
)

_FAILURES = (AriError, MediaError, NotComingError, TimeoutError)

_log = structlog.get_logger()


class AsteriskLeg:
    """Implements voice.line.leg.CallLeg."""

    def __init__(
        self,
        room: Room,
        line: Exchange,
        *,
        caller: str | None,
        called: str | None,
        picked_up: bool = False,
        came_back: CameBack | None = None,
    ) -> None:
        self._id = str(uuid.uuid4())
        self._room = room
        self._line = line
        self._caller = caller
        self._called = called
        self._picked_up = picked_up
        self.came_back = came_back
        self.cause = 0
        """Why the other side wants to end it (ITU-T Q.850), once it does."""
        self._state = LegState.RINGING
        self._rate = 8000
        self._inbox = Inbox()
        self._gone = asyncio.Event()
        self._opening = asyncio.Lock()

    @property
    def id(self) -> str:
        """Ours alone; Asterisk's own id can be guessed."""
        return self._id

    @property
    def caller(self) -> str | None:
        """As Asterisk was told."""
        return self._caller

    @property
    def called(self) -> str | None:
        """The extension that was reached."""
        return self._called

    @property
    def state(self) -> LegState:
        """Where it stands."""
        return self._state

    @property
    def rate(self) -> int:
        """Hz; known once it is UP."""
        return self._rate

    @property
    def queued(self) -> float:
        """With what Asterisk has and didn't play yet."""
        return self._room.media.queued if self._room.media else 0.0

    def events(self) -> AsyncIterator[LegEvent]:
        """For one reader."""
        return self._inbox.read()

    async def answer(self) -> None:
        """Picks up; one that can't be heard is ended rather than left in silence."""
        async with self._opening:
            if self._state is not LegState.RINGING:
                return
            try:
                self._rate = await self._room.rate()
                await self._connect(answer=not self._picked_up)
            except _FAILURES:
                if not self._gone.is_set():
                    _log.warning("a caller could not be answered")
                    await self._end(Ended.LOST)
            if self._gone.is_set():
                await self._room.close()
            else:
                self._picked_up, self._state = True, LegState.UP

    def play(self, samples: Pcm16) -> None:
        """Appends; lost when there is nobody to hear it."""
        if self._room.media:
            self._room.media.play(samples)

    def flush(self) -> float:
        """Empties both our queue and Asterisk's."""
        return self._room.media.flush() if self._room.media else 0.0

    async def hang_up(self) -> None:
        """Ends it; a caller who rings hears that it is busy."""
        reason = "normal" if self._picked_up else "busy"
        await self._end(Ended.WE_HUNG_UP, reason)

    async def transfer(self, target: str, timeout: float = 20.0) -> None:
        """Takes the other telephone into the same bridge; the caller stays with us until then.

        When the other telephone hangs up first, the caller comes back as a new leg of the line,
        one that `came_back`.
        """
        if self._state not in (LegState.UP, LegState.HELD):
            raise TransferError(Failed.UNREACHABLE)
        ringing = asyncio.create_task(self._line.ring_operator(target, timeout))
        left = asyncio.create_task(self._gone.wait())
        try:
            await asyncio.wait((ringing, left), return_when=asyncio.FIRST_COMPLETED)
            if not ringing.done():
                raise TransferError(Failed.UNREACHABLE)  # the caller is gone
            operator = ringing.result()
        except DialError as error:
            raise TransferError(error.why) from error
        finally:
            left.cancel()
            ringing.cancel()
        await self._hand_to(operator)

    async def hold(self) -> None:
        """Music on hold."""
        await self._line.hold(self._room.caller, on=True)

    async def resume(self) -> None:
        """Ends it."""
        await self._line.hold(self._room.caller, on=False)

    def told_held(self, held: bool) -> None:
        """Asterisk tells that the other side put us on hold, or took us back."""
        if held and self._state is LegState.UP:
            self._state = LegState.HELD
            self._inbox.put(Held())
        elif not held and self._state is LegState.HELD:
            self._state = LegState.UP
            self._inbox.put(Resumed())

    async def told_gone(self, why: Ended) -> None:
        """Asterisk tells that the connection is gone."""
        self._leave(why)
        await self._room.close()

    @property
    def picked_up(self) -> bool:
        """Whether they were ever through."""
        return self._picked_up

    async def open(self) -> None:
        """For one that we called and that is there. Raises DialError."""
        self._picked_up = True
        await self.answer()
        if self._state is LegState.GONE:
            raise DialError(Failed.UNREACHABLE)

    async def _connect(self, *, answer: bool) -> None:
        await self._room.open(self._rate, self._tell, self._lost, answer=answer)

    def _tell(self, event: LegEvent) -> None:
        if isinstance(event, Sound) and not self._picked_up:
            return  # nobody speaks before we picked up
        self._inbox.put(event, self._rate)

    def _lost(self) -> None:
        self._line.spawn(self._mend())

    async def _mend(self) -> None:
        """Our sound broke off: brings it back, or ends a call that nobody would hear."""
        async with self._opening:
            if self._gone.is_set():
                return
            try:
                await self._room.leave()
                await self._connect(answer=False)
                _log.warning("the sound of a call broke off and is back")
            except _FAILURES:
                await self._end(Ended.LOST)

    async def _hand_to(self, operator: str) -> None:
        try:
            await self._room.invite(operator)
        except AriError as error:
            await self._line.hang_up(operator)
            raise TransferError(Failed.UNREACHABLE) from error
        if self._gone.is_set():  # the caller left at this very moment
            await self._line.hang_up(operator)
            raise TransferError(Failed.UNREACHABLE)
        self._leave(Ended.MOVED)
        self._line.handed(self._room, operator, self._caller, self._called)

    async def _end(self, why: Ended, reason: str = "normal") -> None:
        if self._gone.is_set():
            return
        self._leave(why)
        await self._line.hang_up(self._room.caller, reason)
        await self._room.close()

    def _leave(self, why: Ended) -> None:
        if not self._gone.is_set():
            self._gone.set()
            self._state = LegState.GONE
            self._inbox.put(Gone(why))
            self._line.forget(self._room.caller)
