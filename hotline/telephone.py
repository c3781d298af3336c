"""The telephone line inside the hotline process: a thread and an event loop of its own."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import structlog

from bot.conversation import Conversation
from care.calls.keys import KeyFileError, open_keyring
from care.calls.notebook import Notebook
from care.calls.recorder import Recorder
from care.calls.retention import settle
from care.storage.engine import Sessions
from hotline.lines import LineSettings
from voice.call.about_call import AboutCall
from voice.call.admission import Admission
from voice.call.alarms import AlarmKeeper
from voice.call.books import CallBooks
from voice.call.ears import CallEars
from voice.call.equipment import Equipment, MakeEars
from voice.call.placed import Placed, Stage
from voice.call.ports import Ears, Run
from voice.call.prompts import load_call_prompts
from voice.call.setting import Purpose
from voice.call.switchboard import RING, Switchboard
from voice.line.leg import DialError, Failed, Line, LineError
from voice.recognition.hearing import Hearing
from voice.recognition.pool import RecognitionPool
from voice.recognition.vosk_model import SpeechModelError, open_model
from voice.synthesis.prepare import keep_up
from voice.synthesis.speaker import Speaker, SpeechSettings, open_speaker
from voice.turn.ready import make_ready

_THREADS = 32
"""For conversation and synthesis: most of the time they wait."""
_ALARM_THREADS = 8
"""Of their own: nothing is before an alarm."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


class TelephoneSettings(LineSettings, SpeechSettings, Protocol):
    """What of the settings is needed here (`care.settings`)."""

    @property
    def data(self) -> Path: ...

    @property
    def speech_model(self) -> Path: ...

    @property
    def port(self) -> int:
        """Of the web; no two processes of a machine have the same."""
        ...

    @property
    def peer(self) -> str:
        """Where other processes of the installation reach this one."""
        ...

    @property
    def calls_limit(self) -> int:
        """Calls that talk at once."""
        ...

    @property
    def queue_limit(self) -> int:
        """Calls that wait for a line; beyond that callers are asked to try again."""
        ...

    @property
    def operators(self) -> tuple[str, ...]:
        """Telephones of operators, in the order in which they are tried."""
        ...

    @property
    def operators_by_refer(self) -> bool:
        """Whether callers are handed over through the carrier."""
        ...

    @property
    def record_calls(self) -> bool: ...

    @property
    def recordings(self) -> Path: ...

    @property
    def recording_key(self) -> Path: ...


class Telephone:
    """Made with everything else, started and stopped by the web's lifespan."""

    def __init__(
        self,
        settings: TelephoneSettings,
        conversation: Conversation,
        sessions: Sessions,
        make_line: Callable[[TelephoneSettings, Callable[[], None]], Line],
        on_dead: Callable[[], None],
    ) -> None:
        """Loads nothing yet. `on_dead`: see `hotline.lines.open_line`."""
        self._settings, self._conversation, self._sessions = settings, conversation, sessions
        self._make_line, self._on_dead = make_line, on_dead
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._switchboard: Switchboard | None = None
        self._line: Line | None = None

    def start(self) -> None:
        """Returns when the line listens. Raises LineError when it can't, DataFileError and
        ValueError for what the settings and the data hold."""
        began: Future[None] = Future()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(began)), name="telephone", daemon=True
        )
        self._thread.start()
        began.result()

    def stop(self, timeout: float = 30.0) -> None:
        """Hangs up what is left, waits for alarms that aren't kept yet, and lets go of the port."""
        if self._loop is not None and self._stop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread is not None:
            self._thread.join(timeout)

    def is_listening(self) -> bool:
        """For the health page."""
        return self._switchboard is not None

    def is_registered(self) -> bool:
        """Whether the carrier knows where the line is; for the health page."""
        return self._line is not None and self._line.registered

    @property
    def checks(self) -> Mapping[str, Callable[[], bool]]:
        """For the health page; `trunk` where there is one."""
        checks = {"telephone": self.is_listening}
        if self._settings.line == "sip" and "trunk" in self._settings.sip:
            checks["trunk"] = self.is_registered
        return checks

    def place(self, target: str, purpose: Purpose, ring: float = RING) -> Placed:
        """Telephones somebody, for `ring` seconds; returns at once, with what tells how far it is.
        Raises LineError."""
        if self._switchboard is None:
            raise LineError("the telephone line isn't open: start the hotline first")
        placed = Placed()
        call = self.ask(self._switchboard.place(target, purpose, placed, ring))
        call.add_done_callback(partial(_settle, placed))
        return placed

    @property
    def switchboard(self) -> Switchboard | None:
        """None while the line isn't open. Only what it says may be called from any thread is."""
        return self._switchboard

    def ask(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Has the line's own loop do it. Raises LineError."""
        if self._switchboard is None or self._loop is None:
            work.close()
            raise LineError("the telephone line isn't open: start the hotline first")
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def soon(self, work: Callable[[], None]) -> None:
        """Has the line's own loop do something short; nothing when it has ended."""
        if self._loop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(work)

    async def _serve(self, began: "Future[None]") -> None:
        with ExitStack() as shared:
            try:
                self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
                equipment = await asyncio.to_thread(self._equip, shared)
                admission = Admission(self._settings.calls_limit, self._settings.queue_limit)
                switchboard = Switchboard(equipment, admission)
                await equipment.line.start(switchboard.on_call)
            except BaseException as error:
                began.set_exception(error)
                return
            self._switchboard, self._line = switchboard, equipment.line
            began.set_result(None)
            try:
                await self._stop.wait()
            finally:
                self._switchboard = self._line = None
                await equipment.line.stop()
                await switchboard.stop()
                if not await equipment.alarms.close():
                    log.critical("an alarm could not be kept before the line was closed")

    def _equip(self, shared: ExitStack) -> Equipment:
        settings, data = self._settings, self._settings.data
        make_ready(data)
        clock = self._conversation.clock
        process = f"{socket.gethostname()}:{settings.port}"
        for ref in settle(self._sessions, settings.recordings, process, clock()):
            log.warning("a call was cut off by a crash", call=ref)
        line = self._make_line(settings, self._on_dead)
        notebook = Notebook(self._sessions)
        shared.callback(notebook.close)
        recorder = self._recorder()
        if recorder is not None:
            shared.callback(recorder.close)
        speaker = open_speaker(settings, data=data)
        shared.callback(speaker.close)
        threading.Thread(target=_keep_up, args=(speaker, data), daemon=True).start()
        threads = shared.enter_context(ThreadPoolExecutor(_THREADS, "call"))
        alarm_threads = shared.enter_context(ThreadPoolExecutor(_ALARM_THREADS, "alarm"))
        return Equipment(
            line=line,
            conversation=self._conversation,
            voice=speaker,
            make_ears=self._ears(shared),
            alarms=AlarmKeeper(self._conversation, _running_in(alarm_threads)),
            books=CallBooks(
                notebook,
                recorder,
                clock,
                channel=settings.line,
                process=process,
                peer=settings.peer,
            ),
            sessions=self._sessions,
            later=notebook.add,
            prompts=load_call_prompts(data),
            about=AboutCall.load(data),
            run=_running_in(threads),
            clock=time.monotonic,
            style=speaker.style,
            operators=settings.operators,
            refers=settings.operators_by_refer or settings.line == "audiosocket",
        )

    def _recorder(self) -> Recorder | None:
        if not self._settings.record_calls:
            return None
        try:
            return Recorder(self._settings.recordings, open_keyring(self._settings.recording_key))
        except KeyFileError:
            log.exception("calls are not recorded")
            return None

    def _ears(self, shared: ExitStack) -> MakeEars:
        """Ears; without a model they fail, callers are told so, and 0 still brings a person."""
        hearing = Hearing.load(self._settings.data)
        try:
            model = open_model(self._settings.speech_model)
        except SpeechModelError as error:
            log.exception("callers are not understood")
            reason = str(error)

            def deaf(rate: int, hear: Callable[[str], None]) -> Ears:
                raise SpeechModelError(reason)

            return deaf
        pool = shared.enter_context(RecognitionPool(os.cpu_count() or 1))

        def ears(rate: int, hear: Callable[[str], None]) -> Ears:
            return CallEars(pool, model, hearing, rate, hear)

        return ears


def _running_in(threads: ThreadPoolExecutor) -> Run:
    def run(function: Callable[[], T]) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(threads, function)

    return run


def _settle(placed: Placed, call: "Future[None]") -> None:
    """Nobody waits for the call itself: what broke must end up in `placed` and in the log."""
    error = None if call.cancelled() else call.exception()
    if error is not None and not isinstance(error, DialError):
        log.error("a call that was to be placed failed", exc_info=error)
    if placed.stage is Stage.RINGING:
        placed.failed(Failed.UNREACHABLE)


def _keep_up(speaker: Speaker, data: Path) -> None:
    """Renders what the set-up didn't; a call never waits for it."""
    try:
        keep_up(speaker, data)
    except Exception:
        log.exception("prompts are not rendered beforehand")
