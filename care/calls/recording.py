"""The recording of one leg, as the call sees it: give it the sound, and it takes no time."""

from datetime import datetime, timedelta
from typing import Protocol

from care.calls.tape import Pcm16, Tape

_PIECE = 0.2
"""Seconds that are handed on at a time; `kill -9` loses them and the open page of 1 s."""


class Writing(Protocol):
    """A voice's file at the other end of the recorder's queue."""

    def write(self, samples: Pcm16) -> None: ...
    def finish(self) -> None: ...
    def discard(self, now: datetime) -> None: ...


class LegRecording:
    """What a leg heard and played, as two files of equal length. For one thread.

    `now` is in seconds of the monotonic clock that was read when it was opened; samples are int16
    of shape (n,) at the leg's rate.
    """

    def __init__(
        self,
        rate: int,
        now: float,
        at: datetime,
        *,
        heard: Writing | None,
        played: Writing | None,
    ) -> None:
        self._tape = Tape(rate, now)
        self._start, self._at, self._last = now, at, now
        self._heard, self._played = heard, played
        self._over = heard is None and played is None

    def heard(self, samples: Pcm16, now: float) -> None:
        """A frame that has just come in."""
        if not self._over:
            self._tape.heard(samples, now)
            self._hand_on(now, _PIECE)

    def played(self, samples: Pcm16, now: float) -> None:
        """Whatever was given to `leg.play`."""
        if not self._over:
            self._tape.played(samples, now)
            self._hand_on(now, _PIECE)

    def flushed(self, now: float) -> None:
        """`leg.flush` was called: what is queued won't be heard."""
        if not self._over:
            self._tape.flushed(now)
            self._hand_on(now, _PIECE)

    def close(self, now: float) -> None:
        """The leg is gone; a second time does nothing."""
        if self._over:
            return
        self._tape.end(now)
        self._hand_on(now, 0.0)
        self._over = True
        for voice in (self._heard, self._played):
            if voice is not None:
                voice.finish()

    def discard(self) -> None:
        """The caller doesn't want to be recorded: what is there is deleted. Also after `close`."""
        self._over = True
        moment = self._at + timedelta(seconds=self._last - self._start)
        for voice in (self._heard, self._played):
            if voice is not None:
                voice.discard(moment)
        self._heard = self._played = None

    def _hand_on(self, now: float, least: float) -> None:
        self._last = now
        pair = self._tape.take(least)
        if pair is None:
            return
        for voice, samples in zip((self._heard, self._played), pair, strict=True):
            if voice is not None:
                voice.write(samples)
