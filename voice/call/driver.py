"""Drives one call: brings the session its events, and does what it wants."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from bot.conversation import Incoming
from voice.call import actions as do
from voice.call import events
from voice.call.actions import Action
from voice.call.alarms import AlarmKeeper
from voice.call.company import Company
from voice.call.hearing import SoundIn
from voice.call.machine import Other
from voice.call.means import Means
from voice.call.phase import Phase
from voice.call.playback import Playback
from voice.call.ports import Journal, Run, Talker
from voice.call.session import Session
from voice.call.tasks import Tasks
from voice.line import leg as line
from voice.line.leg import CallLeg, LegState

_ALARM_FIRST = 1.0
"""Seconds that words wait for the alarm that was raised on them."""
_LATE = 0.001
"""Seconds that a Tick comes late, so that rounding never makes it come too early."""
_LAST_WORDS = 12.0
"""Seconds that are left to a call that is over: its last words may be a cry for help."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Parts:
    """What one call is driven with."""

    leg: CallLeg
    session: Session
    talker: Talker
    alarms: AlarmKeeper
    company: Means
    journal: Journal
    run: Run
    clock: Callable[[], float]
    """Seconds, never going back: the event loop's own."""
    today: Callable[[], datetime]
    """For the record."""
    incoming: Incoming
    """Who speaks; its text is filled in."""
    get_through: Callable[[], None]
    """Has the call admitted although all lines are busy."""


class Driver:
    """One call's. For one thread, the event loop of the line."""

    def __init__(
        self,
        parts: Parts,
        connect: Callable[["Driver"], tuple[Playback, SoundIn]],
    ) -> None:
        """`connect` is called when the call is up: only then its sampling rate is known."""
        self._parts = parts
        self._connect = connect
        self._session = parts.session
        self._waiting: deque[events.Event] = deque()
        self._busy = False
        self._over = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._tasks = Tasks()
        self._alarms: set[asyncio.Task[None]] = set()
        self._words: dict[int, str] = {}
        self._in_turn = asyncio.Lock()
        self._playback: Playback | None = None
        self._sound_in: SoundIn | None = None
        self.company = Company(parts.company, self.tell, self._hold)
        """Who has the caller beside the assistant."""
        self.conversation: int | None = None
        """Number of the caller's, as soon as the database has told it."""

    async def drive(self) -> None:
        """Until the call is over and everything that was said is taken care of."""
        reader = self._tasks.spawn(self._read())
        try:
            if self._parts.leg.state is LegState.UP:  # we placed it
                self._up()
            await reader
            async with asyncio.timeout(_LAST_WORDS):
                await self._over.wait()
        except TimeoutError:
            log.warning("a call's last words were not taken care of in time")
        finally:
            await self._close()

    def tell(self, event: events.Event) -> None:
        """Something happened; what it leads to is done before anything else."""
        self._waiting.append(event)
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                now = self._parts.clock()
                for action in self._session.on(self._waiting.popleft(), now):
                    self._do(action)
        finally:
            self._busy = False
        self._set_timer()
        if self._session.over:
            self._over.set()

    @property
    def queued(self) -> bool:
        """Whether the caller waits for a line."""
        return self._session.phase is Phase.QUEUED

    @property
    def sender(self) -> str:
        """As whom the caller speaks in their conversation."""
        return self._parts.incoming.sender_id

    @property
    def can_be_taken(self) -> bool:
        """Whether somebody at the desk may take the caller over now."""
        return self._session.phase in {Phase.TALKING, Phase.CLOSING}

    @property
    def reached(self) -> Other | None:
        """See `Session.reached`."""
        return self._session.reached

    async def _read(self) -> None:
        async for event in self._parts.leg.events():
            self.company.feed(event)
            match event:
                case line.Sound(samples):
                    if self._sound_in is not None:
                        self._sound_in.take(samples)
                case line.Key(digit):
                    self.tell(events.KeyPressed(digit))
                case line.Held() | line.Resumed():
                    self.tell(event)
                case line.Gone(why):
                    if self._playback is not None:
                        self._playback.close()
                    self.tell(event)
                    self._parts.journal.ended(str(why), self._parts.today())
                    return

    def _do(self, action: Action) -> None:
        playback, sound_in = self._playback, self._sound_in
        if playback is None or sound_in is None:
            self._do_with_words(action)
            return
        match action:
            case do.Say(number, text, style):
                self._words[number] = text
                self._try_to_say(number, partial(playback.say, number, text, style))
            case do.GoOn(number, stopped):
                self._try_to_say(number, partial(playback.go_on, number, stopped))
            case do.Fill(text, style):
                playback.fill(text, style)
            case do.StopTalking():
                self._stop_talking(playback)
            case do.HoldTone(on):
                playback.hold(on)
            case do.Narrow(slot):
                sound_in.narrow(slot)
            case do.EndTurn():
                self._tasks.spawn(sound_in.end_turn())
            case _:
                self._do_with_words(action)

    def _do_with_words(self, action: Action) -> None:
        match action:
            case do.Hear(turn, text):
                self._tasks.spawn(self._hear(turn, text))
            case do.Keep(text):
                self._tasks.spawn(self._keep(text))
            case do.RaiseAlarm(text):
                self._raise(text)
            case do.RaiseForSilence(turn, note):
                self._tasks.spawn(
                    self._ask(turn, lambda: self._parts.talker.raise_for_silence(self._said(note)))
                )
            case do.Note(kind, detail):
                self._parts.journal.note(kind, detail, self._parts.today())
            case _:
                self._do_with_leg(action)

    def _do_with_leg(self, action: Action) -> None:
        journal, today = self._parts.journal, self._parts.today
        match action:
            case do.PickUp():
                self._tasks.spawn(self._pick_up())
            case do.Transfer():
                self.company.search()
            case do.HangUp():
                self._tasks.spawn(self._parts.leg.hang_up())
            case do.GetThrough():
                self._parts.get_through()
            case do.CallBack():
                self.company.call_back()
            case do.Identify(elder):
                journal.belongs(elder_id=elder)
            case do.KeepRecording():
                journal.agreed(today())
            case do.StopRecording():
                journal.refused(today())

    def _said(self, text: str) -> Incoming:
        return replace(self._parts.incoming, text=text)

    def _try_to_say(self, number: int, say: Callable[[], None]) -> None:
        try:
            say()
        except Exception:  # a voice that isn't there any more must not end the call
            log.exception("the voice can't begin")
            self.tell(events.VoiceFailed(number))

    def _stop_talking(self, playback: Playback) -> None:
        stopped = playback.stop()
        if stopped is not None:
            self._note_said(stopped.id, stopped.seconds, broken_off=True)
            self.tell(stopped)

    def played(self, event: events.Event) -> None:
        """What the playback tells."""
        if isinstance(event, events.Started):
            behind = {"behind": round(event.behind, 2)}
            self._parts.journal.note("speaks", behind, self._parts.today())
        if isinstance(event, events.Played):
            self._note_said(event.id, event.seconds)
        self.tell(event)

    def _note_said(self, number: int, seconds: float, *, broken_off: bool = False) -> None:
        text, length = self._words.get(number, ""), round(seconds, 2)
        detail: dict[str, str | float] = {"text": text, "seconds": length}
        if broken_off:
            detail["broken_off"] = True
        self._parts.journal.note("said", detail, self._parts.today())

    async def _pick_up(self) -> None:
        await self._parts.leg.answer()
        if self._parts.leg.state is not LegState.GONE:
            self._up()

    def _up(self) -> None:
        self._parts.journal.answered(self._parts.today())
        self._playback, self._sound_in = self._connect(self)
        self.tell(events.Up())
        self._tasks.spawn(self._open())

    async def _open(self) -> None:
        """The desk sees the call, and can take it over, from its beginning or from when its
        database can be written to again."""
        self.conversation = await self.company.opened()
        self._parts.journal.belongs(conversation_id=self.conversation)

    def _raise(self, text: str) -> None:
        def told(kept: bool) -> None:
            self.tell(events.AlarmKept() if kept else events.AlarmStuck())

        task = self._parts.alarms.raise_(self._said(text), told)
        self._alarms.add(task)
        task.add_done_callback(self._alarms.discard)

    async def _hear(self, turn: int, text: str) -> None:
        urgent = bool(self._alarms)
        if urgent:  # the answer has to know of the alarm that these words raised
            await asyncio.wait(self._alarms, timeout=_ALARM_FIRST)
            await self._ask(turn, lambda: self._parts.talker.handle(self._said(text)))
            return
        async with self._in_turn:
            await self._ask(turn, lambda: self._parts.talker.handle(self._said(text)))

    async def _keep(self, text: str) -> None:
        try:
            await self._parts.run(lambda: self._parts.talker.overhear(self._said(text)))
        except Exception:  # an operator hears them all the same
            log.exception("what was said to an operator is not kept")

    async def _ask(self, turn: int, ask: Callable[[], Any]) -> None:
        try:
            answer = await self._parts.run(ask)
        except Exception:  # the database is away: the caller must hear something all the same
            log.exception("the conversation gave no answer")
            self.tell(events.AnswerFailed(turn))
        else:
            self.tell(events.AnswerReady(turn, answer))

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = self._session.next_due()
        if due is not None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, due - self._parts.clock()) + _LATE
            self._timer = loop.call_later(wait, self.tell, events.Tick())

    async def _close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._playback is not None and self._sound_in is not None:
            self._playback.close()
            self._sound_in.close()
        await self.company.close()
        await self._tasks.cancel()

    def _hold(self, on: bool) -> None:
        if self._playback is not None:
            self._playback.hold(on)
