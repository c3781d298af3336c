"""One SIP call as a leg."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import numpy as np
from baresip import AudioNotActive, BaresipError, Call, CallState, Event, StackEvent, TransferFailed

from voice.line.inbox import Inbox
from voice.line.leg import (
    Ended,
    Failed,
    Gone,
    Held,
    Key,
    LegEvent,
    LegState,
    Pcm16,
    Resumed,
    Sound,
    TransferError,
)
from voice.line.outbox import Outbox
from voice.line.sip.endings import ended, failed
from voice.line.sip.frames import FRAME, Frames
from voice.line.sip.sound import CallSound

AHEAD = 0.12
"""Seconds that the stack holds in advance, so that a busy event loop is no gap for the caller.

They don't count against stopping: a flush empties the stack's store too.
"""

_NARROW = 8_000
"""Hz, until the codec is agreed on."""

_CONNECTED_WITHIN = 10.0
"""Seconds until the caller's telephone confirms our answer, which may have to be sent again."""

_SOUND_WITHIN = 3.0
"""Seconds from there until sound flows; then the call is useless and is ended."""

_KEYS = frozenset("0123456789ABCD*#")

Clock = Callable[[], float]


class SipLeg:
    """Implements `CallLeg`. Made by `SipLine`, whose ticker moves its sound."""

    came_back = None  # such a connection ends with its process

    def __init__(
        self,
        call: Call,
        *,
        caller: str | None,
        called: str | None,
        resolve: Callable[[str], str | None],
        clock: Clock,
    ) -> None:
        """`resolve` gives the SIP address of what a caller may be handed to, None for none."""
        self.id = uuid.uuid4().hex
        self.caller = caller
        self.called = called
        self.state = LegState.RINGING
        self._call, self._resolve, self._clock = call, resolve, clock
        self._inbox = Inbox()
        self._outbox = Outbox()
        self._refused: Pcm16 = np.zeros(0, np.int16)
        """Taken out, and not accepted by the stack."""
        self._sound: CallSound | None = None
        self._frames: Frames | None = None
        self._flushing = False
        self._answered = False
        self._by_us = False
        self.gone = asyncio.Event()
        call.on(self._on_event)

    @property
    def call_id(self) -> str | None:
        """SIP's Call-ID, which the other side chose when it called."""
        call_id: str | None = self._call.call_id
        return call_id

    @property
    def rate(self) -> int:
        """See `CallLeg`."""
        return self._sound.rate if self._sound else _NARROW

    @property
    def queued(self) -> float:
        """See `CallLeg`."""
        if self._sound is None or self.state is LegState.GONE:
            return 0.0
        unsent = 0 if self._flushing else self._sound.unsent()
        return (len(self._outbox) + len(self._refused) + unsent) / self.rate

    def events(self) -> AsyncIterator[LegEvent]:
        """See `CallLeg`; a second reader goes on where the first one stopped."""
        return self._inbox.read()

    async def answer(self) -> None:
        """See `CallLeg`."""
        if self.state is not LegState.RINGING:
            return
        with suppress(BaresipError):
            # Without video this release sends a re-INVITE of its own right after the answer.
            await self._call.answer(video=True)
            await self._call.wait_established(_CONNECTED_WITHIN)
        await self.open_sound()

    async def open_sound(self) -> None:
        """Waits until sound flows both ways; ends a call where it never does."""
        until = self._clock() + _SOUND_WITHIN
        while self._sound is None and self.state is not LegState.GONE:
            if self._call.state is CallState.ESTABLISHED:
                with suppress(AudioNotActive):
                    self._sound = CallSound(self._call.audio)
                    self._frames = Frames(self._sound.rate, self._clock())
                    self.state = LegState.HELD if self._call.remote_on_hold else LegState.UP
                    return
            if self._clock() >= until:
                await self.hang_up()
                return
            await asyncio.sleep(FRAME / 2)

    def play(self, samples: Pcm16) -> None:
        """See `CallLeg`."""
        if self.state is not LegState.GONE:
            self._outbox.put(samples)
            self._send()

    def flush(self) -> float:
        """See `CallLeg`."""
        unheard = self.queued
        self._forget()
        if self._sound is not None and self.state is not LegState.GONE and self._sound.unsent():
            self._sound.flush()
            self._flushing = True
        return unheard

    async def hang_up(self) -> None:
        """See `CallLeg`."""
        if self.state is LegState.GONE:
            return
        self._by_us = True
        with suppress(BaresipError, TimeoutError):
            await self._call.hangup()
            await asyncio.wait_for(self.gone.wait(), _SOUND_WITHIN)
        self.end(Ended.WE_HUNG_UP)

    async def transfer(self, target: str, timeout: float = 20.0) -> None:
        """See `CallLeg`; by REFER (RFC 3515)."""
        address = self._resolve(target)
        if address is None:
            raise TransferError(Failed.UNREACHABLE)
        try:
            await self._call.transfer(address, timeout=timeout)
        except TransferFailed as error:
            raise TransferError(failed(error.status, rang=True)) from error
        except BaresipError as error:
            raise TransferError(Failed.UNREACHABLE) from error
        await self.gone.wait()

    async def hold(self) -> None:
        """See `CallLeg`; nothing happens while another re-INVITE is under way."""
        with suppress(BaresipError):
            await self._call.hold()

    async def resume(self) -> None:
        """See `CallLeg`; as `hold`."""
        with suppress(BaresipError):
            await self._call.resume()

    async def press(self, keys: str) -> None:
        """Presses keys on our side (RFC 4733): what a carrier's or an exchange's menu asks for."""
        with suppress(BaresipError):
            await self._call.send_dtmf(keys)

    def tick(self) -> None:
        """Moves sound both ways; called every 20 ms."""
        if self._sound is None or self._frames is None or self.state is LegState.GONE:
            return
        for frame in self._frames.push(self._sound.read(), self._clock()):
            self._inbox.put(Sound(frame), self.rate)
        self._send()

    def end(self, why: Ended) -> None:
        """The last event; only the first call counts."""
        if self.state is not LegState.GONE:
            self.state = LegState.GONE
            self._forget()
            self._inbox.put(Gone(why))
            self.gone.set()

    def _send(self) -> None:
        if self._sound is None or self.state is not LegState.UP:
            return
        unsent = self._sound.unsent()
        if self._flushing:
            if unsent:
                return  # what is written before the stack has emptied its store is lost with it
            self._flushing = False
        room = round(AHEAD * self.rate) - unsent
        samples = self._refused if len(self._refused) else self._outbox.take(max(0, room))
        if len(samples):
            taken = self._sound.write(samples)
            self._refused = samples[len(samples) if taken else 0 :]

    def _forget(self) -> None:
        self._outbox.clear()
        self._refused = self._refused[:0]

    def _on_event(self, event: StackEvent) -> None:
        match event.event:
            case Event.CALL_DTMF_START if event.text in _KEYS:
                self._inbox.put(Key(event.text))
            case Event.CALL_HOLD if self.state is LegState.UP:
                self.state = LegState.HELD
                self._inbox.put(Held())
            case Event.CALL_RESUME if self.state is LegState.HELD:
                self.state = LegState.UP
                self._inbox.put(Resumed())
            case Event.CALL_ESTABLISHED:
                self._answered = True
            case Event.CALL_CLOSED:
                text = event.text or ""
                self.end(ended(text, by_us=self._by_us, answered=self._answered))
