"""Our voice on one leg: utterances, fillers before them, and the tone that says: wait."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import structlog

from voice.audio.pcm import to_int16
from voice.call.events import Event, Played, Started, Stopped, VoiceFailed
from voice.call.ports import Run, Voice
from voice.call.sent import Sent
from voice.call.track import Track
from voice.line.leg import CallLeg, LegState, Pcm16
from voice.synthesis.port import Style
from voice.turn.resume import resume_at

_LOOK = 0.02
"""Seconds between two looks at what the leg still has to send."""
_TONE_AHEAD = 0.5
"""Seconds of hold tone that are queued at most, so that it ends as soon as it has to."""

log = structlog.get_logger(__name__)


class Playback:
    """One call's. For one thread, the event loop; synthesis runs beside it."""

    def __init__(
        self,
        leg: CallLeg,
        voice: Voice,
        run: Run,
        tell: Callable[[Event], None],
        *,
        hold: Pcm16,
        given: Callable[[Pcm16], None],
        flushed: Callable[[], None],
    ) -> None:
        """`hold` is played over and over while somebody waits. `given` gets all that is handed to
        the leg, `flushed` is told when the leg's queue was emptied."""
        self._leg, self._voice, self._run, self._tell = leg, voice, run, tell
        self._hold, self._given, self._flushed = hold, given, flushed
        self.sent = Sent(leg.rate)
        self.sounds = False
        """Whether any of the utterance was handed to the leg."""
        self._track: Track | None = None
        self._task: asyncio.Task[None] | None = None
        self._tone: asyncio.Task[None] | None = None
        self._position = 0
        """In the hold tone, samples."""
        self._aside: set[asyncio.Task[None]] = set()

    def say(self, number: int, text: str, style: Style) -> None:
        """Speaks; tells Started, then Played or VoiceFailed. Raises what the voice raises."""
        if self._track is not None:
            self._track.close()
        pieces = iter(self._voice.stream(text, style, rate=self._leg.rate))
        self._track = Track(number, pieces, self._leg.rate)
        self._task = _start(self._speak(self._track, 0.0))

    def go_on(self, number: int, stopped: float) -> None:
        """Says the rest of the utterance that was stopped after so many seconds."""
        if self._track is None or self._track.number != number:
            self._tell(Played(number))
            return
        position = resume_at(stopped, self._track.starts)
        self._task = _start(self._speak(self._track, position))

    def stop(self) -> Stopped | None:
        """Silent at once; tells what was broken off, None when nothing was being said."""
        lost = self._flush()
        track = self._track
        if self._task is None or track is None:
            return None
        self._task.cancel()
        self._task = None
        track.given = max(0.0, track.given - lost)
        return Stopped(track.number, track.given, track.sounded)

    def fill(self, text: str, style: Style) -> None:
        """Says something short at once, unless the utterance has begun to sound."""
        task = _start(self._fill(text, style))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    def hold(self, on: bool) -> None:
        """The hold tone; it is silent while something is said."""
        if not on:
            if self._tone is not None:
                self._tone.cancel()
                self._tone = None
                if self._task is None:
                    self._flush()
        elif self._tone is None:
            self._tone = _start(self._keep_holding())

    def close(self) -> None:
        """Nothing is said any more."""
        for task in (self._task, self._tone, *self._aside):
            if task is not None:
                task.cancel()

    async def _speak(self, track: Track, position: float) -> None:
        if self._tone is not None:
            self._flush()
        try:
            await self._play_all(track, position)
        except Exception:  # whatever broke, the caller must hear something
            log.exception("an utterance could not be spoken")
            self._task = None
            self._tell(VoiceFailed(track.number))
            return
        while self._leg.queued > 0 and self._leg.state is not LegState.GONE:
            await asyncio.sleep(max(_LOOK, self._leg.queued - _LOOK))
        self._task = None
        self._tell(Played(track.number, track.sounded))

    async def _play_all(self, track: Track, position: float) -> None:
        place, begun = 0, False
        track.begun = track.given = position
        self.sounds = False
        while (piece := await self._run(partial(track.rest, place, position))) is not None:
            place += 1
            if not len(piece):
                continue
            self.sounds, behind = True, self._leg.queued
            self._play(piece)
            track.given += len(piece) / self._leg.rate
            if not begun:
                begun = True
                self._tell(Started(track.number, behind))

    async def _fill(self, text: str, style: Style) -> None:
        try:
            stream = partial(self._voice.stream, text, style, rate=self._leg.rate)
            pieces = await self._run(lambda: list(stream()))
        except Exception:
            log.exception("a filler could not be spoken")
            return
        if self._task is None or not self.sounds:
            for piece in pieces:
                self._play(to_int16(piece))

    async def _keep_holding(self) -> None:
        step = round(0.1 * self._leg.rate)
        while self._leg.state is not LegState.GONE:
            while self._task is None and self._leg.queued < _TONE_AHEAD:
                piece = self._hold[self._position : self._position + step]
                self._position = (self._position + step) % len(self._hold)
                self._play(piece)
            await asyncio.sleep(0.1)

    def _play(self, samples: Pcm16) -> None:
        self._leg.play(samples)
        self.sent.given(samples)
        self._given(samples)

    def _flush(self) -> float:
        lost = self._leg.flush()
        self.sent.flushed(lost)
        self._flushed()
        return lost


def _start(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(work)
